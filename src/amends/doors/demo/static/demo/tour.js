// The tour: asks what has happened, lets both frames follow, and plays the next scene.
const tour = document.querySelector("[data-tour]");
const frames = { desk: document.getElementsByName("tour-desk")[0], phone: document.getElementsByName("tour-phone")[0] };
let busy = false;

const strip = () => document.getElementById("tour-strip");

// What is being written in a frame is never lost by following.
const isInUse = (frame) =>
  [...(frame.contentDocument?.querySelectorAll("textarea, input[type=text]") ?? [])].some(
    (field) => field.value !== field.defaultValue && field.value !== strip().dataset.words,
  );

const follow = (before, after) => {
  for (const [side, frame] of Object.entries(frames)) {
    if (before[side] !== after[side]) frame.src = after[side];
    else if (before.mark !== after.mark && !isInUse(frame)) frame.contentWindow.location.reload();
  }
  for (const frame of Object.values(frames)) delete frame.dataset.used;
  if (before.side !== after.side) document.getElementById(`side-${after.side}`).checked = true;
  document.getElementById("phone-time").textContent = after.time;
};

const show = (html) => {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("tour-strip");
  if (!fresh || fresh.dataset.state === strip().dataset.state) return;
  const before = { ...strip().dataset };
  const focused = document.activeElement?.id;
  strip().replaceWith(fresh);
  if (focused) document.getElementById(focused)?.focus();
  follow(before, fresh.dataset);
};

const ask = async () => {
  if (busy || document.hidden) return;
  const answer = await fetch(tour.dataset.tour).catch(() => null);
  if (answer?.redirected || answer?.headers.get("HX-Redirect")) location.assign("/demo/");
  else if (answer?.ok && !busy) show(await answer.text());
};

const goOn = async (form) => {
  busy = true;
  form.querySelector("button").setAttribute("aria-busy", "true");
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } }).catch(() => null);
  busy = false;
  form.querySelector("button").removeAttribute("aria-busy");
  if (answer?.ok) show(await answer.text());
};

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-tour-next]")) return;
  event.preventDefault();
  if (!busy) goOn(event.target);
});

const onKey = (event) => {
  const isWriting = event.target.closest?.("textarea, input, select, [contenteditable]");
  if (event.key === "ArrowRight" && !isWriting && !event.altKey) document.getElementById("tour-next")?.click();
};

// "Not solved" wants words; hers are filled in, and whoever watches presses the button.
const fillIn = () => {
  const field = frames.phone.contentDocument?.getElementById("answer-words");
  if (field && !field.value) field.value = strip().dataset.words;
};

// A page that opens in a frame takes the focus; it stays on Next until one acts in the frame.
const keepFocus = (frame) => {
  if (document.activeElement === frame && !frame.dataset.used) document.getElementById("tour-next")?.focus({ preventScroll: true });
};

const attend = (frame) => {
  const page = frame.contentDocument;
  page?.addEventListener("keydown", onKey);
  for (const act of ["pointerdown", "keydown"]) page?.addEventListener(act, () => (frame.dataset.used = "yes"));
  for (const after of [0, 100, 400]) setTimeout(keepFocus, after, frame);
};

document.addEventListener("keydown", onKey);
for (const frame of Object.values(frames)) {
  frame.addEventListener("load", () => attend(frame));
  if (frame.contentDocument?.readyState === "complete") attend(frame);
}
frames.phone.addEventListener("load", fillIn);
setInterval(ask, 1500);
