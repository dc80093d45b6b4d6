// A textarea with data-grow is as tall as its text, where CSS can't do it by itself.
if (!CSS.supports("field-sizing", "content")) {
  const grow = (area) => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  };
  const all = () => document.querySelectorAll("textarea[data-grow]").forEach(grow);
  document.addEventListener("input", (event) => event.target.matches("textarea[data-grow]") && grow(event.target));
  document.addEventListener("htmx:load", all);
  all();
}
