// data-until counts the seconds in which a deed can still be undone, by the server's clock.
const skews = new WeakMap();

const skewOf = (strip) => {
  if (!skews.has(strip)) {
    const now = Date.parse(strip.dataset.now ?? "");
    skews.set(strip, Number.isNaN(now) ? 0 : now - Date.now());
  }
  return skews.get(strip);
};

const tick = () => {
  for (const strip of document.querySelectorAll("[data-until]:not([data-gone])")) {
    const left = Math.ceil((Date.parse(strip.dataset.until) - Date.now() - skewOf(strip)) / 1000);
    const place = strip.querySelector("[data-left]");
    if (left <= 0) strip.dataset.gone = "";
    else if (place) place.textContent = `${left} s`;
  }
};

setInterval(tick, 1000);
tick();
document.addEventListener("htmx:load", tick);

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-strip-close]")) event.target.closest("[data-strip]").dataset.gone = "";
});
