// On My day c, q and x decide the row that is active; with none active they only choose the first,
// so that nothing is decided that nobody looked at.
const field = "input, textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches?.(field) || document.querySelector("dialog[open]")) return;
  const wanted = `form.verdict [data-key="${CSS.escape(event.key)}"]`;
  const row = document.activeElement?.closest(".undecided__row");
  const first = document.querySelector(".undecided__row");
  if (!first?.querySelector(wanted)) return;
  event.preventDefault();
  if (row) row.querySelector(wanted).click();
  else first.querySelector("a[href]").focus();
});
