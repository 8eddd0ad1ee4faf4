// Times in the time zone of the settings menu: the browser's own, unless UTC was chosen. What is new
// and has a zone is offered the browser's.
import { forEach } from "./dom.js";

const PARTS = {
  day: {},
  minute: { hour: "2-digit", minute: "2-digit" },
  second: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

function show(element) {
  const timeZone = document.documentElement.dataset.timezone === "utc" ? "UTC" : undefined;
  const clock = PARTS[element.dataset.time];
  const format = new Intl.DateTimeFormat("en-US", {
    year: "numeric",
    month: "long",
    day: "numeric",
    ...clock,
    hourCycle: "h23",
    timeZone,
    timeZoneName: "longOffset",
  });
  const moment = new Date(element.dateTime);
  const part = Object.fromEntries(
    format.formatToParts(moment).map(({ type, value }) => [type, value]),
  );
  const time = [part.hour, part.minute, part.second].filter(Boolean).join(":");
  const day = `${part.month} ${part.day}, ${part.year}`;
  element.textContent = time
    ? `${day}, ${time} (${part.timeZoneName.replace("GMT", "UTC").replace("+00:00", "")})`
    : day;
  element.title = moment.toISOString();
}

// A browser may know its zone by an older name, such as Asia/Calcutta, which is not listed.
function chooseOwnZone(select) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone) return;
  const listed = [...select.options].some((option) => option.value === zone);
  if (!listed && zone.includes("/")) select.add(new Option(zone.replaceAll("_", " "), zone));
  if (listed || zone.includes("/")) select.value = zone;
}

export function startTimes() {
  forEach("select[data-own-zone]", chooseOwnZone);
  forEach("time[data-time]", show);
  document.addEventListener("rolecall:display", () => {
    for (const each of document.querySelectorAll("time[data-time]")) show(each);
  });
}
