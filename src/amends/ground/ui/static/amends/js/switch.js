// Reply and note keep their own text. Going over, the writer may ask for the reply's words;
// nothing of a note ever goes the other way.
const textIn = (name) => document.querySelector(`[data-panel="${name}"] textarea`);

document.addEventListener("change", (event) => {
  if (!event.target.matches?.("[data-switch]")) return;
  const offer = document.querySelector(`[data-panel="${event.target.value}"] [data-take-over]`);
  const from = offer && textIn(offer.dataset.takeOver);
  const here = textIn(event.target.value);
  if (offer) offer.hidden = !from?.value.trim() || Boolean(here?.value.trim());
});

document.addEventListener("click", (event) => {
  const offer = event.target.closest?.("[data-take-over]");
  if (!offer) return;
  const from = textIn(offer.dataset.takeOver);
  const here = offer.closest("[data-panel]").querySelector("textarea");
  here.value = from.value;
  here.dispatchEvent(new Event("input", { bubbles: true }));
  offer.hidden = true;
  here.focus();
});

// Leaving the page with words that no draft keeps asks first.
addEventListener("beforeunload", (event) => {
  const lost = [...document.querySelectorAll("form[data-send]:not([data-draft], [data-autosave]) textarea")];
  if (lost.some((area) => area.value !== area.defaultValue && !area.form.dataset.sent)) event.preventDefault();
});
