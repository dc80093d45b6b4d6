// A better sentence takes the place of the words that hurt; the caret stays where it was.
const take = (offer) => {
  const area = offer.closest("form")?.querySelector("[data-marked]");
  if (!area) return;
  const said = offer.dataset.said;
  const start = Number(offer.dataset.start);
  // The text may have moved on since it was read: the words themselves say where they are.
  const from = !said || area.value.startsWith(said, start) ? start : area.value.indexOf(said);
  if (from < 0) return;
  const to = said ? from + said.length : Number(offer.dataset.end);
  area.setRangeText(offer.querySelector("[data-words]").textContent, from, to, "preserve");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  offer.closest("li").remove();
};

document.addEventListener("click", (event) => {
  const offer = event.target.closest?.("[data-better]");
  if (offer) take(offer);
});

document.addEventListener("mousedown", (event) => {
  // Keeps the focus, and with it the caret, in the text.
  if (event.target.closest?.("[data-better]")) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const offer = event.target.closest?.("form")?.querySelector(`[data-alt-key="${CSS.escape(event.key)}"]`);
  if (!offer) return;
  event.preventDefault();
  take(offer);
});
