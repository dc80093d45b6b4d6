// "I have read it": what was said meanwhile is known from now on, and the answer may go out.
import "./mentions.js";

const offerReading = () => document.querySelectorAll("#meanwhile [data-read]").forEach((button) => (button.hidden = false));

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#meanwhile [data-read]");
  if (!button) return;
  const seen = document.querySelector("input[name=seen]");
  if (seen) seen.value = button.dataset.read;
  document.getElementById("meanwhile").replaceChildren();
  document.getElementById("reply-text")?.focus();
});
// What comes in above the editor on a small screen doesn't push away what one is writing.
const stayWhereOneWrites = () => document.activeElement?.closest(".editor__panel") && document.activeElement.scrollIntoView({ block: "nearest" });

document.addEventListener("pulse:new", (event) => {
  offerReading();
  if (event.detail.id === "meanwhile") stayWhereOneWrites();
});
offerReading();
