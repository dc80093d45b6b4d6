// Hear: the first Ctrl-Enter says "that was all" and unfolds the rest, the second keeps it.
import { isShown } from "../amends/js/writing.js";

const hear = (element) => element.closest?.("form[data-hear]");
const rest = (form) => form.querySelector("[data-hear-rest]");
let filling = false;

const unfold = (form) => form.classList.add("hear--all");

const thatWasAll = (form) => {
  unfold(form);
  const fields = [...rest(form).querySelectorAll("input:not([type=radio], [type=checkbox]), textarea")];
  (fields.find((field) => isShown(field) && !field.value) ?? fields[0]).focus();
  rest(form).scrollIntoView({ block: "nearest" });
};

// Before send.js hears of it; a lone Enter in a field is a slip while somebody is talking.
document.addEventListener("keydown", (event) => {
  const form = event.key === "Enter" && hear(event.target);
  if (!form) return;
  if (event.ctrlKey || event.metaKey) {
    if (isShown(rest(form))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    thatWasAll(form);
  } else if (event.target.matches("input")) {
    event.preventDefault();
    if (event.target.name === "q") form.querySelector("#callers input")?.click();
  }
}, true);

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-hear-all]")) thatWasAll(hear(event.target));
});

// A draft that comes back into the rest unfolds it.
document.addEventListener("input", (event) => {
  const form = !filling && hear(event.target);
  if (form && rest(form).contains(event.target)) unfold(form);
});

// Whoever is chosen fills the fields that nobody has typed into.
document.addEventListener("change", (event) => {
  if (event.target.name !== "customer" || !hear(event.target)) return;
  filling = true;
  for (const name of ["name", "phone", "address", "speaks"]) {
    const field = hear(event.target).elements[name];
    if (field.value && field.value !== field.dataset.filled) continue;
    field.value = field.dataset.filled = event.target.dataset[name] ?? "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  filling = false;
});
