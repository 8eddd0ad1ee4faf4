// The tags editor: rows added and removed. The row for a new tag waits until it is asked for.
import { forEach } from "./dom.js";

const inputsOf = (row) => [...row.querySelectorAll("input")];
const clear = (row) =>
  inputsOf(row).forEach((input) => {
    input.value = "";
  });

function mark(tags) {
  tags
    .querySelector(".tags__none")
    ?.toggleAttribute("hidden", tags.querySelector(".tags__row:not([hidden])") !== null);
}

function add(button) {
  const tags = button.closest("[data-tags]");
  let row = tags.querySelector("[data-tag-new]");
  if (!row.hidden) {
    row = row.cloneNode(true);
    clear(row);
    button.before(row);
  }
  row.hidden = false;
  row.querySelector("input").focus();
  mark(tags);
}

function remove(button) {
  const row = button.closest(".tags__row");
  const tags = row.closest("[data-tags]");
  if (row.matches("[data-tag-new]") && tags.querySelectorAll("[data-tag-new]").length === 1) {
    clear(row);
    row.hidden = true;
  } else {
    row.remove();
  }
  mark(tags);
}

export function startTags() {
  forEach("[data-tags]", (tags) => {
    const waiting = tags.querySelector("[data-tag-new]");
    waiting.hidden = inputsOf(waiting).every((input) => !input.value);
    mark(tags);
  });
  document.addEventListener("click", (event) => {
    const adding = event.target.closest("[data-tag-add]");
    const removing = event.target.closest("[data-tag-remove]");
    if (adding) add(adding);
    else if (removing) remove(removing);
  });
}
