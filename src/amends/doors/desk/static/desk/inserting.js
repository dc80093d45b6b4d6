// Words go in where the caret is; what begins with the greeting takes the place of a bare greeting.
export const insert = (area, text) => {
  const greeting = area.dataset.greeting ?? "";
  const bare = greeting && area.value.trim() === greeting && text.startsWith(greeting);
  if (bare) area.select();
  area.focus();
  // It keeps the browser's own undo, which setting the value would forget.
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
};
