// `;` at the beginning of a word opens the saved replies: type to find, arrows, Enter, Esc.
import { insert } from "./inserting.js";

const PAUSE = 120;
let timer;

const chooser = () => document.querySelector("[data-saved]");
const area = () => document.querySelector("[data-saved-into]");
const box = () => chooser().querySelector("input");
const options = () => [...chooser().querySelectorAll("[role=option]")];
const chosen = () => options().find((option) => option.ariaSelected === "true");

const choose = (option) => {
  options().forEach((one) => one.setAttribute("aria-selected", String(one === option)));
  box().setAttribute("aria-activedescendant", option?.id ?? "");
  option?.scrollIntoView({ block: "nearest" });
};

const find = async () => {
  const words = box().value;
  const answer = await fetch(`${chooser().dataset.saved}?q=${encodeURIComponent(words)}`);
  if (!answer.ok || words !== box().value) return;
  chooser().querySelector("[role=listbox]").innerHTML = await answer.text();
  choose(options()[0]);
};

const open = () => {
  chooser().hidden = false;
  box().value = "";
  box().focus();
  chooser().scrollIntoView({ block: "nearest" });
  find();
};

const close = () => {
  chooser().hidden = true;
  area().focus();
};

const take = (option) => {
  close();
  if (option) insert(area(), option.dataset.text);
};

const walk = (step) => {
  const all = options();
  choose(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
};

const keys = {
  ArrowDown: () => walk(1),
  ArrowUp: () => walk(-1),
  Enter: () => take(chosen()),
  Escape: close,
  Tab: close,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === ";" && event.target.matches?.("[data-saved-into]")) {
    const before = event.target.value.slice(0, event.target.selectionStart);
    if (before && !/\s$/.test(before)) return;
    event.preventDefault();
    open();
    return;
  }
  if (!event.target.closest?.("[data-saved]") || !event.target.matches("input")) return;
  // Twice `;` is one: somebody wants the sign itself.
  const act = event.key === ";" && !box().value ? () => (close(), insert(area(), ";")) : keys[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}, true);

document.addEventListener("input", (event) => {
  if (!event.target.closest?.("[data-saved]")) return;
  clearTimeout(timer);
  timer = setTimeout(find, PAUSE);
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-saved-open]")) open();
  else if (event.target.closest?.("[data-saved] [role=option]")) take(event.target.closest("[role=option]"));
  else if (chooser() && !chooser().hidden && !event.target.closest?.("[data-saved]")) chooser().hidden = true;
});

document.querySelectorAll("[data-saved-open]").forEach((button) => (button.hidden = false));
