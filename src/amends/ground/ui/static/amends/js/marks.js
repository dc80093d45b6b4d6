// Marks lie under the text. Once the text goes on, those after the change are stale and are cut.
const samePart = (a, b) => {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
};

const cut = (marks, text) => {
  let left = samePart(marks.textContent, text);
  const walker = document.createTreeWalker(marks, NodeFilter.SHOW_TEXT);
  const stale = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const whole = node.length <= left;
    left -= Math.min(left, node.length);
    if (!whole) stale.push(node.parentElement.closest(".mark") ?? node);
  }
  for (const part of stale) {
    if (part.nodeType === Node.TEXT_NODE) part.data = part.data.slice(0, samePart(marks.textContent, text));
    part.replaceWith(part.textContent);
  }
};

document.addEventListener("input", (event) => {
  const marks = event.target.closest?.(".editor__paper")?.querySelector(".editor__marks");
  if (marks) cut(marks, event.target.value);
});
