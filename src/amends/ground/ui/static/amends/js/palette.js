// Ctrl-K opens the palette: places, what this page can do by key, views and cases, by typing.
import { isShown } from "./writing.js";
import { nameOf } from "./help.js";
import { press } from "./keyboard.js";

const dialog = document.getElementById("palette");
const box = dialog?.querySelector("input");
const list = dialog?.querySelector("[role=listbox]");
let here = [];
let asked = 0;
let typing;

// What can be done here, read off the page as it is when the palette opens.
const acts = () => {
  const seen = new Set();
  const all = [...document.querySelectorAll(".place[href], [data-key]")].filter((element) => isShown(element) && !element.closest("dialog"));
  return all.flatMap((element) => {
    const name = nameOf(element);
    if (!name || seen.has(name)) return [];
    seen.add(name);
    return [{ name, key: element.dataset.key, kind: element.matches(".place") ? "place" : "act", act: () => press(element) }];
  });
};

const option = (item, number) => {
  const row = document.createElement("li");
  row.id = `palette-${number}`;
  row.className = "palette__one";
  row.role = "option";
  row.item = item;
  const name = row.appendChild(document.createElement("span"));
  name.className = item.kind === "case" ? "palette__name clip voice" : "palette__name clip";
  name.textContent = item.name;
  const more = row.appendChild(document.createElement(item.key ? "kbd" : "span"));
  more.className = item.key ? "key" : "palette__more clip";
  more.textContent = item.key ?? item.more ?? dialog.dataset[item.kind] ?? "";
  return row;
};

const choose = (number) => {
  const rows = [...list.children];
  rows.forEach((row, at) => row.setAttribute("aria-selected", String(at === number)));
  box.setAttribute("aria-activedescendant", rows[number]?.id ?? "");
  rows[number]?.scrollIntoView({ block: "nearest" });
};

const chosen = () => [...list.children].findIndex((row) => row.ariaSelected === "true");

// That there is nothing is known once the server has answered.
const show = (found, isAnswered = true) => {
  const words = box.value.trim().toLocaleLowerCase();
  const mine = here.filter((item) => item.name.toLocaleLowerCase().includes(words));
  const items = [...mine, ...found.filter((item) => !mine.some((other) => other.name === item.name))];
  list.replaceChildren(...items.map(option));
  dialog.querySelector("[data-nothing]").hidden = items.length > 0 || !isAnswered;
  choose(items.length ? 0 : -1);
};

const ask = async () => {
  const mine = (asked += 1);
  show([], false);
  try {
    const answer = await fetch(`${dialog.dataset.url}?q=${encodeURIComponent(box.value)}`);
    const { found } = await answer.json();
    if (mine === asked && dialog.open) show(found);
  } catch {
    // Without the server the page's own acts are still there.
    if (mine === asked) show([]);
  }
};

const go = (item) => {
  if (!item) return;
  dialog.close();
  if (item.url) location.assign(item.url);
  else item.act();
};

const open = () => {
  here = acts();
  box.value = "";
  dialog.showModal();
  ask();
};

if (dialog) {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else if (!document.querySelector("dialog[open]")) open();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-palette]")) open();
    else if (event.target === dialog) dialog.close();
  });
  box.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(ask, 120);
  });
  box.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") choose(Math.min(last, chosen() + 1));
    else if (event.key === "ArrowUp") choose(Math.max(0, chosen() - 1));
    else if (event.key === "Enter") go(list.children[chosen()]?.item);
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => go(event.target.closest("[role=option]")?.item));
}
