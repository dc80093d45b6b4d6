// data-key="c": the element is pressed, or focused if it is a field, when that key is typed.
import { isShown, isWriting } from "./writing.js";

export const press = (element) => {
  if (isWriting(element)) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
  const target = element.dataset.keyFocus && document.querySelector(element.dataset.keyFocus);
  if (target) goOnIn(target);
  if (element.matches("summary") && !element.closest("[data-menu]")) showFold(element.parentElement);
};

// One goes on writing where the text ends: after a greeting, not before it.
const goOnIn = (field) => {
  field.focus();
  const end = field.value?.length ?? 0;
  field.setSelectionRange?.(end, end);
};

const showFold = (fold) => {
  if (!fold.open) return;
  fold.scrollIntoView({ block: "nearest" });
  fold.querySelector("input:not([type=hidden]), select, textarea")?.focus();
};

const find = (key) =>
  [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(
    (element) => !element.disabled && (isShown(element) || element.dataset.keyFocus),
  );

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape" && isWriting(event.target)) {
    event.target.blur();
    return;
  }
  if (isWriting(event.target)) return;
  const element = find(event.key);
  if (!element) return;
  event.preventDefault();
  press(element);
});
