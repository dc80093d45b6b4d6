// The button that prints the page; with scripts off the browser's own does.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) print();
});
