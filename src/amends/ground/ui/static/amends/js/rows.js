// j and k walk along the rows of a list, Enter opens, x ticks.
import { isShown, isWriting } from "./writing.js";

const rows = () => [...document.querySelectorAll("[data-row]")].filter(isShown);

const walk = (step) => {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  (next.querySelector("a[href], button") ?? next).focus();
  next.scrollIntoView({ block: "nearest" });
};

const tick = () => {
  const box = document.activeElement?.closest("[data-row]")?.querySelector("input[type=checkbox]");
  if (!box) return false;
  box.click();
  return true;
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isWriting(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if (event.key !== "x" || !tick()) return;
  event.preventDefault();
});
