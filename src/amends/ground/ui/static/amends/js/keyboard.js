// data-key="c": the element is pressed, or focused if it is a field, when that key is typed.
import { isShown, isWriting } from "./writing.js";

const press = (element) => {
  if (isWriting(element)) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
  const target = element.dataset.keyFocus && document.querySelector(element.dataset.keyFocus);
  target?.focus();
};

const find = (key) =>
  [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(
    (element) => !element.disabled && (isShown(element) || element.dataset.keyFocus),
  );

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || document.querySelector("dialog[open]")) return;
  const command = event.ctrlKey || event.metaKey;
  if (event.key === "Escape" && isWriting(event.target)) {
    event.target.blur();
    return;
  }
  const key = command && event.key.toLowerCase() === "k" ? "/" : event.key;
  if ((command && key !== "/") || (!command && isWriting(event.target))) return;
  const element = find(key);
  if (!element) return;
  event.preventDefault();
  press(element);
});
