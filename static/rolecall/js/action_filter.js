// The filter over the actions of a service, and which of their groups are open.
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

function filterLevel(level, wanted) {
  let found = 0;
  for (const action of level.querySelectorAll("[data-action]")) {
    action.hidden = !wanted.every((word) => action.dataset.action.includes(word));
    if (!action.hidden) found += 1;
  }
  level.hidden = found === 0;
  if (wanted.length) {
    level.dataset.wasOpen ??= String(level.open);
    level.open = found > 0;
  } else {
    level.open = isOpen(level);
    delete level.dataset.wasOpen;
  }
  return found;
}

function filter(input) {
  const block = input.closest("[data-block]");
  const wanted = wordsOf(input.value);
  let found = 0;
  for (const level of block.querySelectorAll("[data-level]")) found += filterLevel(level, wanted);
  const matches = `${found} ${found === 1 ? "match" : "matches"}`;
  block.querySelector("[data-filter-count]").textContent = wanted.length ? matches : "";
  block.querySelector("[data-filter-none]").hidden = found > 0;
}

function clear(button) {
  const input = button.closest("[data-block]").querySelector("[data-filter-actions]");
  input.value = "";
  filter(input);
  input.focus();
}

function expand(button) {
  for (const level of button.closest("[data-block]").querySelectorAll("[data-level]")) {
    level.open = button.dataset.expand === "true";
    delete level.dataset.wasOpen;
  }
}

export function startActionFilter() {
  onSettle("[data-policy-editor] [data-filter-actions]", (input) => {
    if (input.value) filter(input);
  });
  document.addEventListener("input", ({ target }) => {
    if (target.matches("[data-filter-actions]")) filter(target);
  });
  onClick("[data-expand]", (button, event) => {
    event.preventDefault();
    expand(button);
  });
  onClick("[data-filter-clear]", clear);
}
