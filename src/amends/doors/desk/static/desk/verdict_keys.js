// c, q and x decide the row that is active, not the first of the list.
const field = "input, textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches?.(field) || document.querySelector("dialog[open]")) return;
  const row = document.activeElement?.closest("[data-row]");
  const button = row?.querySelector(`form.verdict [data-key="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
