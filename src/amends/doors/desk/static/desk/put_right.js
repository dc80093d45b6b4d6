// "Put right and tell" opens what a fix needs, proposes the check-back, and goes on in the reply.
const propose = (more) => {
  for (const part of ["Date", "Time"]) {
    const field = document.getElementById(`id_check_back_${part.toLowerCase()}`);
    const proposed = more.dataset[`asks${part}`];
    if (field && proposed && (part === "Time" || !field.value)) field.value ||= proposed;
  }
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-put-right]");
  const text = document.getElementById("reply-text");
  if (!button || !text) return;
  event.preventDefault();
  const editor = document.getElementById("editor-reply");
  if (editor && !editor.checked) editor.click();
  document.querySelectorAll("[data-puts-right]").forEach((fold) => (fold.open = true));
  document.querySelectorAll("[data-asks-date]").forEach(propose);
  text.focus();
  text.setSelectionRange(text.value.length, text.value.length);
});
