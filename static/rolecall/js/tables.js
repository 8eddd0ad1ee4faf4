// Tables: select all, shift-click, the counter, buttons that need a selection, row details.
import { forEach, onClick } from "./dom.js";

const boxesOf = (table) => [...table.querySelectorAll("[data-select]")];
let last = null;

function ticked(table) {
  return (
    boxesOf(table).filter((box) => box.checked).length +
    table.querySelectorAll("[data-selected-elsewhere]").length
  );
}

function refresh(table) {
  const boxes = boxesOf(table);
  const count = ticked(table);
  for (const button of document.querySelectorAll(`[data-needs-selection="${table.id}"]`))
    button.disabled = count === 0;
  const all = table.querySelector("[data-select-all]");
  if (all) {
    const open = boxes.filter((box) => !box.disabled);
    const chosen = open.filter((box) => box.checked).length;
    all.checked = chosen > 0 && chosen === open.length;
    all.indeterminate = chosen > 0 && chosen < open.length;
  }
  const counter = table.querySelector(".container__title .counter");
  if (counter && boxes[0]?.type !== "radio") {
    const total = counter.textContent.replace(/[()]/g, "").split("/").pop();
    counter.textContent = count ? `(${count}/${total})` : `(${total})`;
  }
}

function extend(table, box) {
  const boxes = boxesOf(table);
  const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((one, other) => one - other);
  if (from < 0) return;
  for (const between of boxes.slice(from, to + 1))
    if (!between.disabled) between.checked = box.checked;
}

async function toggleDetail(link) {
  const row = link.closest("tr");
  const open = link.getAttribute("aria-expanded") === "true";
  link.setAttribute("aria-expanded", String(!open));
  link.querySelector("use").setAttribute(
    "href",
    link
      .querySelector("use")
      .getAttribute("href")
      .replace(/#.*/, open ? "#caret-right" : "#caret-down"),
  );
  if (row.nextElementSibling?.classList.contains("table__detail")) {
    row.nextElementSibling.hidden = open;
    return;
  }
  const detail = document.createElement("tr");
  detail.className = "table__detail";
  const cell = document.createElement("td");
  cell.colSpan = row.cells.length;
  cell.id = `detail-${Math.random().toString(36).slice(2)}`;
  detail.append(cell);
  row.after(detail);
  window.htmx.ajax("GET", link.dataset.detail, { target: cell, swap: "innerHTML" });
}

export function startTables() {
  forEach("[data-table]", refresh);
  // Results replaced while typing keep the table around them.
  document.addEventListener("htmx:load", (event) => {
    const table = event.detail.elt.closest?.("[data-table]");
    if (table) refresh(table);
    // What was typed or chosen before the scripts ran has told nobody.
    for (const field of event.detail.elt.querySelectorAll("[data-table-search]")) {
      if (field.value !== field.defaultValue) window.htmx.trigger(field, "search");
    }
    if (event.detail.elt !== document.body) return;
    for (const choice of document.querySelectorAll("select[hx-get][hx-trigger='change']")) {
      const sent = [...choice.options].findIndex((option) => option.defaultSelected);
      if (choice.selectedIndex !== Math.max(sent, 0)) window.htmx.trigger(choice, "change");
    }
  });
  document.addEventListener("click", (event) => {
    const box = event.target.closest?.("[data-select]");
    if (!box) return;
    const table = box.closest("[data-table]");
    if (event.shiftKey && box.type === "checkbox") extend(table, box);
    last = box;
    refresh(table);
  });
  document.addEventListener("change", (event) => {
    const all = event.target.closest?.("[data-select-all]");
    const table = event.target.closest?.("[data-table]");
    if (all) for (const box of boxesOf(table)) if (!box.disabled) box.checked = all.checked;
    if (table) refresh(table);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("[data-table-search]"))
      event.preventDefault();
  });
  onClick("[data-detail]", (link, event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    toggleDetail(link);
  });
}
