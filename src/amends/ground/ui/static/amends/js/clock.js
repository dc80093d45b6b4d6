// time[data-tick] says how long ago, or in how long, and goes on saying it.
const steps = [
  [60, "second", 1],
  [3600, "minute", 60],
  [86400, "hour", 3600],
  [Infinity, "day", 86400],
];

const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "auto", style: "short" });

const say = (seconds) => {
  const [, unit, size] = steps.find(([limit]) => Math.abs(seconds) < limit);
  return words.format(Math.round(seconds / size), unit);
};

const tick = () => {
  for (const time of document.querySelectorAll("time[data-tick]")) {
    time.textContent = say((Date.parse(time.dateTime) - Date.now()) / 1000);
  }
};

setInterval(tick, 30_000);
document.addEventListener("visibilitychange", tick);
