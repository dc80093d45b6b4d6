// form[data-draft="key"] keeps what was typed in this tab until an element with
// data-draft-done="key" says that it has arrived. It never leaves the browser.
const place = (key) => `draft:${key}`;

const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && field.matches("textarea, input[type=text], input[type=email], input[type=tel], input:not([type])"));

const keep = (form) => {
  const typed = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
  sessionStorage.setItem(place(form.dataset.draft), JSON.stringify(typed));
};

const bringBack = (form) => {
  const typed = JSON.parse(sessionStorage.getItem(place(form.dataset.draft)) ?? "null");
  if (!typed || form.dataset.draftBack) return;
  form.dataset.draftBack = "1";
  for (const field of fieldsOf(form)) {
    // What has been typed since wins. A greeting that the page put there gives way, and what
    // the server refused and sent back is what was typed last anyway.
    if (field.value !== field.defaultValue || !typed[field.name]) continue;
    field.value = typed[field.name];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
};

const look = () => {
  document.querySelectorAll("[data-draft-done]").forEach((done) => sessionStorage.removeItem(place(done.dataset.draftDone)));
  document.querySelectorAll("form[data-draft]").forEach(bringBack);
};

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (form) keep(form);
});
document.addEventListener("htmx:load", look);
look();
