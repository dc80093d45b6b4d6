// Is somebody writing? Then letters are letters, not keys.
export const isWriting = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])"));

export const isShown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
