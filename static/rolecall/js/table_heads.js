// Heads of tables stay under the top bar while the page scrolls.
// CSS does that for a table that fits; the head of a wider one, which scrolls sideways, is moved here.
import { forEach } from "./dom.js";

const WIDE = ".table__scroll:not(.is-fitting)";

function fit(box) {
  const table = box.querySelector("table");
  if (!table) return;
  const fits = table.offsetWidth <= box.clientWidth;
  box.classList.toggle("is-fitting", fits);
  box.classList.toggle("is-wide", !fits);
  place(box);
}

function place(box) {
  const table = box.querySelector("table");
  const head = table?.querySelector("thead");
  if (!head) return;
  const above = document.querySelector(".toolbar") ?? document.querySelector(".topbar");
  const wide = box.matches(WIDE) && !box.closest("dialog");
  const hidden =
    wide && above ? above.getBoundingClientRect().bottom - table.getBoundingClientRect().top : 0;
  const down = Math.max(0, Math.min(hidden, box.clientHeight - 2 * head.offsetHeight));
  for (const cell of head.querySelectorAll("th"))
    cell.style.insetBlockStart = down > 0 ? `${Math.round(down)}px` : "";
}

export function startTableHeads() {
  const watched = new ResizeObserver((entries) => {
    for (const { target } of entries) fit(target.closest(".table__scroll"));
  });
  forEach(".table__scroll", (box) => {
    watched.observe(box);
    const table = box.querySelector("table");
    if (table) watched.observe(table);
    fit(box);
  });
  let waiting = false;
  const all = () => {
    waiting = false;
    for (const box of document.querySelectorAll(WIDE)) place(box);
  };
  const later = () => {
    if (!waiting) requestAnimationFrame(all);
    waiting = true;
  };
  document.addEventListener("scroll", later, { passive: true });
}
