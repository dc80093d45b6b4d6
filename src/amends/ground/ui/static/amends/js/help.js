// `?` opens a list of the keys that this page knows.
import { isShown, isWriting } from "./writing.js";

export const nameOf = (element) =>
  element.dataset.keyLabel || element.getAttribute("aria-label") || element.title || readable(element);

const readable = (element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd, svg").forEach((part) => part.remove());
  return copy.textContent.trim();
};

const line = (key, name) => {
  const row = document.createElement("div");
  const term = row.appendChild(document.createElement("dt"));
  const cap = term.appendChild(document.createElement("kbd"));
  cap.className = "key";
  cap.textContent = key;
  row.appendChild(document.createElement("dd")).textContent = name;
  return row;
};

const open = (dialog) => {
  const list = dialog.querySelector("[data-keys-list]");
  const seen = new Map();
  for (const element of document.querySelectorAll("[data-key]")) {
    if (isShown(element) && !seen.has(element.dataset.key)) seen.set(element.dataset.key, nameOf(element));
  }
  list.replaceChildren(...[...seen].map(([key, name]) => line(key, name)));
  list.append(dialog.querySelector("[data-keys-fixed]").content.cloneNode(true));
  dialog.showModal();
};

document.addEventListener("keydown", (event) => {
  const dialog = document.getElementById("keys");
  if (event.key !== "?" || event.ctrlKey || event.metaKey || !dialog || isWriting(event.target)) return;
  event.preventDefault();
  if (dialog.open) dialog.close();
  else open(dialog);
});

document.addEventListener("click", (event) => {
  if (event.target.id === "keys") event.target.close();
});
