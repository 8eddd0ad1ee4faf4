// Groups of actions: what the server lists of them is asked for when they are opened, or filtered.
import { onClick, onSettle } from "./dom.js";

export const wordsOf = (text) =>
  text
    .toLowerCase()
    .split(/[\s-]+/)
    .filter(Boolean);

// The filter opens groups: this is how a group was before, and will be again.
export const isOpen = ({ dataset, open }) =>
  dataset.wasOpen === undefined ? open : dataset.wasOpen === "true";

// A group with a ticked action stays open when the filter is cleared.
export function keepOpen(level) {
  if (level.dataset.wasOpen) level.dataset.wasOpen = "true";
}

function countMatches(levels) {
  const block = levels.closest("[data-block]");
  const input = block.querySelector("[data-filter-actions]");
  if (!input) return;
  const found = Number(levels.dataset.matches);
  const typed = input.value.trim();
  const count = block.querySelector("[data-filter-count]");
  const matches = typed ? `${found} ${found === 1 ? "match" : "matches"}` : "";
  if (count.textContent !== matches) count.textContent = matches;
}

function clear(button) {
  const input = button.closest("[data-block]").querySelector("[data-filter-actions]");
  input.value = "";
  window.htmx.trigger(input, "search");
  input.focus();
}

// A closed part sends its values alone: its button, which is in it, brings the rest.
function load(summary) {
  const part = summary.parentElement;
  if (!part.open) part.querySelector(`[data-load="${CSS.escape(part.id)}"]`)?.click();
}

function collapse(button, event) {
  event.preventDefault();
  for (const level of button.closest("[data-block]").querySelectorAll("[data-level]")) {
    level.open = false;
    delete level.dataset.wasOpen;
  }
}

export function startActionFilter() {
  onSettle("[data-policy-editor] [data-levels]", countMatches);
  onClick("[data-policy-editor] details > summary", load);
  onClick("[data-collapse]", collapse);
  onClick("[data-levels] [data-filter-clear]", clear);
}
