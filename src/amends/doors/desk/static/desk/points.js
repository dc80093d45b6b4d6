// Points change in place: what stands typed elsewhere stays, and focus goes on where one was.
const LISTS = ["reply-points", "call-points", "letter-points"];
let kept = null;

const boxesOf = (list) => [...(document.getElementById(list)?.querySelectorAll("input[type=checkbox]") ?? [])];

const boxIn = (fold) => fold.querySelector("[name$=-text]");

const sayWhatIsLeft = (form) => {
  const line = form?.querySelector("[data-points-left]");
  if (!line) return;
  const boxes = [...form.querySelectorAll("input[type=checkbox][name$=points]")];
  line.textContent = JSON.parse(line.dataset.each)[boxes.filter((box) => !box.checked).length] ?? "";
};

const foldsApartFrom = (asking) =>
  [...document.querySelectorAll("#points details[open]")].filter((fold) => !fold.contains(asking)).map((fold) => [fold.id, boxIn(fold)?.value]);

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "points") return;
  const asking = event.detail.requestConfig;
  const fold = asking.elt.closest("details");
  kept = {
    boxes: LISTS.flatMap(boxesOf).map((box) => [box.name, box.value, box.checked]),
    open: LISTS.filter((list) => document.getElementById(list)?.open),
    folds: foldsApartFrom(asking.elt),
    refused: event.detail.xhr.status === 422,
    goOn: fold?.id ?? "",
    brought: /points\/([\w-]+)\/removal\/undo$/.exec(asking.path)?.[1],
    next: asking.elt.closest("li")?.nextElementSibling?.querySelector("button")?.id,
  };
});

const putBack = ({ boxes, open, folds }) => {
  const now = LISTS.flatMap(boxesOf);
  boxes.forEach(([name, value, checked]) => {
    const box = now.find((one) => one.name === name && one.value === value);
    if (box) box.checked = checked;
  });
  open.forEach((list) => (document.getElementById(list).open = true));
  folds.forEach(([id, text]) => {
    const fold = document.getElementById(id);
    if (!fold) return;
    fold.open = true;
    boxIn(fold).value = text;
  });
};

const writeIn = (fold) => {
  const box = boxIn(fold);
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
};

// One adds several points in a row; what was reworded is left; what went makes room for the next.
const goOn = ({ goOn, refused, brought, next }) => {
  const fold = document.getElementById(goOn);
  if (fold && (refused || goOn === "point-new")) {
    fold.open = true;
    writeIn(fold);
  } else if (brought) document.getElementById(`point-tick-${brought}`)?.focus();
  else if (goOn) (fold?.querySelector("summary") ?? document.getElementById(next) ?? document.getElementById("point-new-fold"))?.focus();
};

// At once, before a next key is pressed.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "points" || !kept) return;
  const before = kept;
  kept = null;
  putBack(before);
  goOn(before);
  document.querySelectorAll("form[data-panel]").forEach(sayWhatIsLeft);
});

document.addEventListener("change", (event) => sayWhatIsLeft(event.target.closest?.("form[data-panel]")));

document.addEventListener("click", (event) => {
  const fold = event.target.closest?.("#points summary")?.parentElement;
  // The fold opens after the click.
  if (fold) setTimeout(() => fold.open && writeIn(fold));
});

// A point is one line, however often it wraps.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches?.(".point__box")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

document.addEventListener("keydown", (event) => {
  const fold = event.key === "Escape" && event.target.closest?.("#points details[open]");
  if (!fold) return;
  event.preventDefault();
  fold.querySelector("form").reset();
  fold.open = false;
  fold.querySelector("summary").focus();
});

// The strip's undo brings a point back without leaving the page.
document.addEventListener("submit", (event) => {
  if (!event.target.matches?.("#undo-strips form[action*='/points/']")) return;
  event.preventDefault();
  const { action } = event.target;
  event.target.closest("[data-strip]").remove();
  window.htmx.ajax("POST", new URL(action).pathname, { source: "#points" });
});
