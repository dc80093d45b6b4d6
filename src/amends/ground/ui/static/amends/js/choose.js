// A filter is sent as soon as it is chosen; with scripts off there is a button.
document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-send-on-change]")) event.target.form.requestSubmit();
});
