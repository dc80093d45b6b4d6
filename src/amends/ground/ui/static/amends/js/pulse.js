// body[data-pulse="url"]: the page asks there every few seconds what has changed. Each element of
// the answer takes the place of the one with its id, unless somebody is in it just now.
const EVERY = 12_000;
const LONGEST = 300_000;

let timer = 0;
let failures = 0;
let tag = "";
let asking = false;
let again = false;

const writesLately = () => Date.now() - (document.documentElement.dataset.wroteAt ?? 0) < 30_000;

const address = () => {
  const url = new URL(document.body.dataset.pulse, location.href);
  for (const field of document.querySelectorAll("[data-pulse-tells]")) url.searchParams.set(field.name, field.value);
  if (writesLately()) url.searchParams.set("writing", "1");
  return url;
};

const isBusy = (element) => element.contains(document.activeElement) && document.activeElement !== document.body;

const show = (html) => {
  const news = new DOMParser().parseFromString(html, "text/html");
  let all = true;
  for (const fresh of news.body.children) {
    const old = fresh.id && document.getElementById(fresh.id);
    if (!old || old.outerHTML === fresh.outerHTML) continue;
    if (isBusy(old)) all = false;
    // What is inside changes, not the element: a live region says only what it already was there for.
    else {
      old.replaceChildren(...fresh.childNodes);
      document.dispatchEvent(new CustomEvent("pulse:new", { detail: old }));
    }
  }
  return all;
};

const ask = async () => {
  const answer = await fetch(address(), { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store", redirect: "manual" });
  if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) return false;
  if (answer.status === 304) return true;
  if (!answer.ok) throw new Error(answer.status);
  tag = show(await answer.text()) ? (answer.headers.get("ETag") ?? "") : "";
  return true;
};

const beat = async () => {
  clearTimeout(timer);
  again = asking;
  if (document.hidden || asking) return;
  asking = true;
  try {
    if (!(await ask())) return;
    failures = 0;
  } catch {
    failures += 1;
  } finally {
    asking = false;
  }
  timer = setTimeout(beat, again ? 0 : Math.min(EVERY * 2 ** failures, LONGEST));
};

if (document.body.dataset.pulse) {
  document.addEventListener("visibilitychange", beat);
  document.addEventListener("input", (event) => {
    if (!event.target.closest?.("[data-panel=reply]")) return;
    const silent = !writesLately();
    document.documentElement.dataset.wroteAt = Date.now();
    if (silent) beat();
  });
  beat();
}
