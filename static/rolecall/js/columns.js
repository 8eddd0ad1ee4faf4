// Columns: widths that are dragged and remembered, and their order in Preferences.
import { forEach, onClick } from "./dom.js";

const NARROWEST = 80;
const STEP = 16;
const headsOf = (table) => [...table.querySelectorAll("th[data-column]")];
const nameOf = (table) => `rolecall.widths.${table.id}`;

function kept(table) {
  try {
    return JSON.parse(localStorage.getItem(nameOf(table))) ?? {};
  } catch {
    return {};
  }
}

// The last column takes what is left, so that the table never ends before its container.
function lay(table, widths) {
  const grid = table.querySelector("table");
  const heads = headsOf(table);
  const resized = Object.keys(widths).length > 0;
  table.classList.toggle("table--resized", resized);
  for (const head of heads)
    head.style.width =
      resized && head !== heads.at(-1) ? `${widths[head.dataset.column] ?? 160}px` : "";
  const others = [...table.querySelectorAll("thead th:not([data-column])")].reduce(
    (sum, head) => sum + head.offsetWidth,
    0,
  );
  const sum = heads.reduce((total, head) => total + (widths[head.dataset.column] ?? 160), others);
  grid.style.width = resized ? `max(100%, ${sum}px)` : "";
}

const measured = (table) =>
  Object.fromEntries(
    headsOf(table).map((head) => [
      head.dataset.column,
      Math.ceil(head.getBoundingClientRect().width),
    ]),
  );

function resize(table, head, width, widths) {
  widths[head.dataset.column] = Math.max(NARROWEST, Math.round(width));
  lay(table, widths);
  head.querySelector("[role=separator]").setAttribute("aria-valuenow", widths[head.dataset.column]);
  localStorage.setItem(nameOf(table), JSON.stringify({ ...kept(table), ...widths }));
}

function drag(event, table, head) {
  event.preventDefault();
  const [start, width, widths, handle] = [
    event.clientX,
    head.offsetWidth,
    measured(table),
    event.currentTarget,
  ];
  const turned = getComputedStyle(head).direction === "rtl" ? -1 : 1;
  const move = (moved) => resize(table, head, width + turned * (moved.clientX - start), widths);
  handle.setPointerCapture(event.pointerId);
  handle.addEventListener("pointermove", move);
  handle.addEventListener(
    "lostpointercapture",
    () => handle.removeEventListener("pointermove", move),
    { once: true },
  );
}

function addHandle(table, head) {
  const handle = document.createElement("span");
  handle.className = "table__resizer";
  handle.tabIndex = 0;
  const told = {
    role: "separator",
    "aria-orientation": "vertical",
    "aria-label": `Resize ${head.textContent.trim()}`,
    "aria-valuemin": NARROWEST,
    "aria-valuenow": Math.round(head.offsetWidth),
  };
  for (const [name, value] of Object.entries(told)) handle.setAttribute(name, value);
  handle.addEventListener("pointerdown", (event) => drag(event, table, head));
  handle.addEventListener("dblclick", () => {
    localStorage.removeItem(nameOf(table));
    lay(table, {});
  });
  handle.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (!step) return;
    event.preventDefault();
    resize(table, head, head.offsetWidth + step, measured(table));
  });
  head.append(handle);
}

function prepare(grid) {
  const table = grid.closest("[data-table]");
  const heads = headsOf(table);
  if (!heads.length || heads[0].querySelector("[role=separator]")) return;
  lay(table, kept(table));
  for (const head of heads.slice(0, -1)) addHandle(table, head);
}

// A column's place in the list is its place in the table, once Preferences are confirmed.
function move(button) {
  const item = button.closest("li");
  const other =
    button.dataset.move === "up" ? item.previousElementSibling : item.nextElementSibling;
  if (!other || other.querySelector("input:disabled")) return;
  if (button.dataset.move === "up") other.before(item);
  else other.after(item);
  button.focus();
}

export function startColumns() {
  forEach("[data-table] table", prepare);
  onClick("[data-move]", move);
}
