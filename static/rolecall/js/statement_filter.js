// The filter over the actions of a service beside the JSON editor, where all of them are listed.
import { isOpen, wordsOf } from "./action_filter.js";
import { onClick, onSettle } from "./dom.js";

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
  const block = input.closest("[data-statement-pane]");
  const wanted = wordsOf(input.value);
  let found = 0;
  for (const level of block.querySelectorAll("[data-level]")) found += filterLevel(level, wanted);
  const matches = `${found} ${found === 1 ? "match" : "matches"}`;
  block.querySelector("[data-filter-count]").textContent = wanted.length ? matches : "";
  block.querySelector("[data-filter-none]").hidden = found > 0;
}

function clear(button) {
  const input = button.closest("[data-statement-pane]").querySelector("[data-filter-actions]");
  input.value = "";
  filter(input);
  input.focus();
}

export function startStatementFilter() {
  onSettle("[data-statement-pane] [data-filter-actions]", (input) => {
    if (input.value) filter(input);
  });
  document.addEventListener("input", ({ target }) => {
    if (target.matches("[data-statement-pane] [data-filter-actions]")) filter(target);
  });
  onClick("[data-statement-pane] [data-filter-clear]", clear);
}
