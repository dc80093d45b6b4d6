// data-tick-all ticks every row of its table; data-ticked counts what is ticked.
const boxes = () => [...document.querySelectorAll("[data-row] input[type=checkbox]")];

const count = () => {
  const number = boxes().filter((box) => box.checked).length;
  for (const place of document.querySelectorAll("[data-ticked]")) place.textContent = number;
};

document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-tick-all]")) {
    for (const box of boxes()) box.checked = event.target.checked;
  }
  if (event.target.matches?.("[data-row] input, [data-tick-all]")) count();
});
count();
