// textarea[data-mentions="url"]: typing @ offers colleagues below the text; arrows choose, Enter or
// Tab takes, Escape closes. The words stay plain text: whoever types the whole name needs no list.
const list = document.createElement("ul");
list.className = "mentions";
list.id = "mentions";
list.role = "listbox";
list.hidden = true;

let area = null;
let at = -1;
let asked = 0;

const begun = () => {
  const before = area.value.slice(0, area.selectionStart);
  return /(?:^|[^\p{L}\p{N}_])@([\p{L}\p{N}][\p{L}\p{N} .’-]{0,40}|)$/u.exec(before)?.[1];
};

const options = () => [...list.children];

const mark = (index) => {
  at = index;
  options().forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
  options()[at]?.scrollIntoView({ block: "nearest" });
  if (at >= 0) area.setAttribute("aria-activedescendant", options()[at].id);
  else area.removeAttribute("aria-activedescendant");
};

const close = () => {
  list.hidden = true;
  list.replaceChildren();
  if (!area) return;
  area.setAttribute("aria-expanded", "false");
  area.removeAttribute("aria-activedescendant");
};

const take = (name) => {
  const start = area.selectionStart - begun().length;
  area.setRangeText(`${name} `, start, area.selectionStart, "end");
  close();
  area.dispatchEvent(new Event("input", { bubbles: true }));
  close();
};

const open = (names) => {
  list.replaceChildren(
    ...names.map((name, index) => {
      const option = document.createElement("li");
      Object.assign(option, { id: `mention-${index}`, role: "option", textContent: name });
      option.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(name);
      });
      return option;
    }),
  );
  area.closest(".editor__paper").after(list);
  list.hidden = false;
  area.setAttribute("aria-expanded", "true");
  list.scrollIntoView({ block: "nearest" });
  mark(0);
};

const look = async () => {
  const words = begun();
  const mine = ++asked;
  if (words === undefined) return close();
  const answer = await fetch(`${area.dataset.mentions}?q=${encodeURIComponent(words)}`).catch(() => null);
  if (mine !== asked || !answer?.ok || answer.redirected) return;
  const { names } = await answer.json();
  // The name is there already: nothing to offer.
  if (names.length && !(names.length === 1 && words.trim() === names[0])) open(names);
  else close();
};

document.addEventListener("input", (event) => {
  if (!event.target.matches?.("textarea[data-mentions]")) return;
  area = event.target;
  area.setAttribute("aria-controls", list.id);
  area.setAttribute("aria-autocomplete", "list");
  look();
});

document.addEventListener("keydown", (event) => {
  if (list.hidden || event.target !== area || event.ctrlKey || event.metaKey) return;
  const last = options().length - 1;
  const keys = {
    ArrowDown: () => mark(at < last ? at + 1 : 0),
    ArrowUp: () => mark(at > 0 ? at - 1 : last),
    Enter: () => take(options()[at].textContent),
    Tab: () => take(options()[at].textContent),
    Escape: close,
  };
  if (!keys[event.key]) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  keys[event.key]();
}, true);

document.addEventListener("focusout", (event) => event.target === area && close());
