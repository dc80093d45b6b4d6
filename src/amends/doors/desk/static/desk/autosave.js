// form[data-autosave] is saved on the server while one types; the words are the writer's alone.
const timers = new WeakMap();
const unsaved = new Set();
const PAUSE = 800;
const RETRY = 5000;
const MOST_KEPT_ALIVE = 60_000;

const typedIn = (form, { files = false } = {}) => {
  const data = new FormData(form);
  if (!files) data.delete("uploads");
  data.delete("saved");
  return data;
};

const say = (form, words) => {
  const place = form.querySelector("[data-draft-state]");
  if (place) place.textContent = place.dataset[words] ?? "";
};

const post = async (form, { files = false, keepalive = false } = {}) => {
  clearTimeout(timers.get(form));
  const data = typedIn(form, { files });
  const body = files ? data : new URLSearchParams(data);
  // A browser keeps no more than 64 kB alive.
  const small = keepalive && String(body).length < MOST_KEPT_ALIVE;
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body, keepalive: small });
    // 409: it was sent from another page meanwhile, and is no draft.
    if ((!answer.ok && answer.status !== 409) || answer.redirected) throw new Error(answer.status);
    unsaved.delete(form);
    delete form.dataset.failed;
    say(form, answer.ok ? "savedWords" : "");
    return answer;
  } catch {
    form.dataset.failed = "yes";
    say(form, "failedWords");
    timers.set(form, setTimeout(() => post(form), RETRY));
    return null;
  }
};

const soon = (form) => {
  clearTimeout(timers.get(form));
  unsaved.add(form);
  timers.set(form, setTimeout(() => post(form), PAUSE));
};

const attach = async (form) => {
  const input = form.querySelector("input[name=uploads]");
  const answer = await post(form, { files: true });
  if (answer?.status !== 200) return;
  form.querySelector("#reply-files").outerHTML = await answer.text();
  input.value = "";
};

const formOf = (event) => event.target.closest?.("form[data-autosave]");

document.addEventListener("input", (event) => {
  const form = formOf(event);
  if (form && event.target.name && event.target.type !== "file") soon(form);
});

document.addEventListener("change", (event) => {
  const form = formOf(event);
  if (form && event.target.name === "uploads" && event.target.files.length) attach(form);
});

// What is sent, or thrown away, is no draft any more.
document.addEventListener("submit", (event) => {
  const form = formOf(event);
  if (!form || event.defaultPrevented) return;
  clearTimeout(timers.get(form));
  unsaved.delete(form);
});

// Only words that could not be saved are a reason to ask before one leaves.
addEventListener("beforeunload", (event) => {
  if ([...unsaved].some((form) => form.dataset.failed)) event.preventDefault();
});
addEventListener("pagehide", () => unsaved.forEach((form) => post(form, { keepalive: true })));
