// Time that runs out: the seconds a page was told of, counted down while it is open.
import { forEach } from "./dom.js";

const UNITS = [
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

function words(seconds) {
  if (seconds <= 0) return "expired";
  const parts = [];
  for (const [unit, length] of UNITS) {
    const count = Math.floor(seconds / length);
    seconds -= count * length;
    if (count && parts.length < 2) parts.push(`${count} ${unit}${count > 1 ? "s" : ""}`);
  }
  return `${parts.join(" ")} left`;
}

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function show(place, seconds) {
  const below = Number(place.dataset.onlyBelow ?? 0);
  if (below) place.hidden = seconds <= 0 || seconds >= below;
  place.textContent = below ? clock(Math.max(0, seconds)) : words(seconds);
}

export function startCountdowns() {
  forEach("[data-seconds-left]", (place) => {
    const end = Date.now() + Number(place.dataset.secondsLeft) * 1000;
    const tick = () => show(place, Math.round((end - Date.now()) / 1000));
    tick();
    const timer = setInterval(() => (place.isConnected ? tick() : clearInterval(timer)), 1000);
  });
}
