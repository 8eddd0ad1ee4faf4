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

export function startCountdowns() {
  forEach("[data-seconds-left]", (place) => {
    const end = Date.now() + Number(place.dataset.secondsLeft) * 1000;
    const tick = () => {
      place.textContent = words(Math.round((end - Date.now()) / 1000));
    };
    tick();
    const timer = setInterval(() => (place.isConnected ? tick() : clearInterval(timer)), 1000);
  });
}
