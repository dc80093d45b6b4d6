// A page nobody looks at asks for nothing.
document.addEventListener("htmx:confirm", (event) => {
  const polls = event.detail.elt.getAttribute("hx-trigger")?.includes("every");
  if (polls && document.hidden && !event.detail.triggeringEvent) event.preventDefault();
});
