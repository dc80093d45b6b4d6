// "Put right and tell" opens what a fix needs in the form that one writes in: the reply, or a call or
// a letter if that is open. It proposes the check-back, and goes on in the form.
const propose = (more) => {
  for (const part of ["date", "time"]) {
    const field = more.querySelector(`[name$="check_back_${part}"]`);
    if (field) field.value ||= more.dataset[part === "date" ? "asksDate" : "asksTime"];
  }
};

const unfold = (form) => {
  form.querySelectorAll("[data-puts-right]").forEach((fold) => (fold.open = true));
  form.querySelectorAll("[data-asks-date]").forEach(propose);
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-put-right]");
  if (!button) return;
  const open = document.querySelector("input[name=editor]:checked")?.value;
  const told = document.querySelector(`form[data-panel="${open}"]:is([data-panel=call], [data-panel=letter])`);
  const reply = document.getElementById("reply-text");
  if (!told && !reply) return;
  event.preventDefault();
  unfold(told ?? reply.form);
  if (told) return told.querySelector("[name$=remedy]")?.focus();
  const editor = document.getElementById("editor-reply");
  if (editor && !editor.checked) editor.click();
  reply.focus();
  reply.setSelectionRange(reply.value.length, reply.value.length);
});
