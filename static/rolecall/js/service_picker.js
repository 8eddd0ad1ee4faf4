// The picker of a service: a search field over a list, with arrow keys.
import { wordsOf } from "./action_filter.js";
import { onSettle } from "./dom.js";

function filter(input) {
  const picker = input.closest("[data-picker]");
  const list = picker.querySelector("ul");
  if (!list) return; // It comes once the field has the focus.
  const wanted = wordsOf(input.value);
  const typed = input.value.trim().toLowerCase();
  let found = 0;
  for (const item of list.children) {
    item.hidden = !wanted.every((word) => item.dataset.search.includes(word));
    if (!item.hidden) found += 1;
    // The service whose own name was typed comes before those that only mention it.
    const [prefix, name] = item.dataset.search.split(" ");
    item.classList.toggle("is-best", Boolean(typed) && (prefix === typed || name === typed));
  }
  picker.querySelector("[data-picker-none]").hidden = found > 0;
}

const shownServices = (picker) => [
  ...picker.querySelectorAll("li.is-best:not([hidden]) button"),
  ...picker.querySelectorAll("li:not(.is-best, [hidden]) button"),
];

function onKey(event) {
  const picker = event.target.closest?.("[data-picker]");
  if (!picker) return;
  const input = picker.querySelector("input");
  filter(input); // The list may have come this moment.
  const buttons = shownServices(picker);
  const here = buttons.indexOf(document.activeElement);
  const typed = event.target === input && input.value.trim();
  if (event.key === "ArrowDown") picker.classList.remove("is-quiet");
  if (event.key === "ArrowDown" && here < buttons.length - 1) buttons[here + 1].focus();
  else if (event.key === "ArrowUp") (buttons[here - 1] ?? input).focus();
  else if (event.key === "Enter" && typed && buttons.length) buttons[0].click();
  else if (event.key === "Escape" && document.activeElement !== input) input.focus();
  else return;
  event.preventDefault();
}

// Who is in the field before htmx has read the page, or the part that came, gets the list, too.
function onLoad() {
  const field = document.activeElement;
  if (field?.matches("[data-picker] input")) field.dispatchEvent(new FocusEvent("focus"));
}

export function startServicePicker() {
  document.addEventListener("htmx:load", onLoad);
  onSettle("[data-policy-editor] [data-picker] input", (input) => {
    if (input.value) filter(input);
  });
  document.addEventListener("input", ({ target }) => {
    if (target.closest("[data-picker]")) filter(target);
  });
  document.addEventListener("keydown", onKey);
}
