// What is marked in the customer's words is offered as a point: the box opens with it, to be kept
// or shortened there.
const THEIRS = ".story, .message--in";
const LONGEST = 200;
const WIDTH = 160;

const button = () => document.querySelector("[data-make-point]");
const insideTheirs = (node) => (node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement)?.closest(THEIRS);

const wordsMarked = () => {
  const selection = getSelection();
  if (selection.isCollapsed || !insideTheirs(selection.anchorNode) || !insideTheirs(selection.focusNode)) return "";
  return [...selection.toString().replace(/\s+/g, " ").trim()].slice(0, LONGEST).join("");
};

const place = () => {
  const box = getSelection().getRangeAt(0).getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, innerWidth - WIDTH - 8));
  const top = box.bottom + 40 > innerHeight ? Math.max(8, box.top - 36) : box.bottom + 6;
  button().style.setProperty("--at-x", `${left}px`);
  button().style.setProperty("--at-y", `${top}px`);
};

document.addEventListener("selectionchange", () => {
  if (!button()) return;
  button().hidden = !wordsMarked();
  if (!button().hidden) place();
});
addEventListener("scroll", () => button() && (button().hidden = true), { passive: true });

const fill = (words) => {
  const fold = document.getElementById("point-new");
  const box = fold.querySelector("[name$=-text]");
  // Below 800 px the customer's column is behind a tab.
  if (!fold.checkVisibility()) document.getElementById("case-customer")?.click();
  fold.open = true;
  box.value = words;
  box.focus();
  box.scrollIntoView({ block: "nearest" });
};

// Pressing the button must not let go of what is marked.
document.addEventListener("pointerdown", (event) => event.target.closest?.("[data-make-point]") && event.preventDefault());

document.addEventListener("click", (event) => {
  const fold = event.target.closest?.("#point-new-fold");
  if (!fold && !event.target.closest?.("[data-make-point]")) return;
  const words = wordsMarked();
  if (!words) return;
  getSelection().removeAllRanges();
  // By the key the fold opens, and would be closed again by its own click.
  if (fold) event.preventDefault();
  fill(words);
});
