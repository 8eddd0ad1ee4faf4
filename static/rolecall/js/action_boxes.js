// Actions of a service: boxes in groups, "all actions", and what counts them.
import { keepOpen } from "./action_filter.js";
import { onSettle } from "./dom.js";

const boxesOf = (level) => [...level.querySelectorAll("input[type='checkbox'][name$='-action']")];
const allOf = (level) => level.querySelector("[data-level-all]");

// Picked actions whose boxes are not on the page, or are disabled, are sent by one hidden field.
const foldedOf = (level) => level.querySelector("input[name$='-actions']");
const foldedNames = (level) => foldedOf(level)?.value.split(" ").filter(Boolean) ?? [];

function fold(level, names) {
  let field = foldedOf(level);
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = allOf(level).name.replace(/level$/, "actions");
    level.append(field);
  }
  field.value = names.join(" ");
}

const totalOf = (level) => Number(level.dataset.total ?? boxesOf(level).length);

function picksOf(level) {
  const boxes = boxesOf(level).filter((box) => box.checked && !box.disabled);
  return foldedNames(level).length + boxes.length;
}

function countLevel(level) {
  const total = totalOf(level);
  const all = allOf(level);
  const chosen = all.disabled ? total : picksOf(level);
  const counter = level.querySelector("[data-level-count]");
  const count = chosen ? `Selected ${chosen}/${total}` : total;
  counter.textContent = `${counter.dataset.levelCount} (${count})`;
  all.checked = chosen === total || "asked" in all.dataset;
  all.indeterminate = chosen > 0 && !all.checked;
}

function countBlock(block) {
  const effect = block.querySelector("[data-effect] input:checked")?.value ?? "Allow";
  const all = block.querySelector("[data-all-actions]")?.checked;
  const levels = [...block.querySelectorAll("[data-level]")];
  const manual = block.querySelectorAll("input[name$='-manual']").length;
  const chosen = levels.map(picksOf).reduce((sum, number) => sum + number, manual);
  const counter = block.querySelector("[data-block-count]");
  const count = all ? "all actions" : `${chosen} action${chosen === 1 ? "" : "s"}`;
  if (counter) counter.textContent = `${effect} ${count}`;
  const verb = effect === "Deny" ? "denied" : "allowed";
  for (const words of block.querySelectorAll("[data-verb]"))
    words.textContent = words.textContent.replace(/allowed|denied/, verb);
}

function chooseAll(level, all) {
  const boxes = boxesOf(level);
  const picks = new Set(foldedNames(level));
  if (all) for (const box of boxes) if (box.checked) picks.add(box.value);
  for (const box of boxes) {
    box.checked = all || picks.has(box.value);
    box.disabled = all;
    if (!all) picks.delete(box.value);
  }
  fold(level, [...picks]);
  allOf(level).disabled = all;
  countLevel(level);
}

// The box "All write actions" stands for actions that are not on the page, too: they are asked for.
// Beside the JSON editor, the answer to the change brings them.
function chooseLevel(level, all) {
  const boxes = boxesOf(level);
  for (const box of boxes) box.checked = all.checked;
  delete all.dataset.asked;
  if (!all.checked && foldedOf(level)) fold(level, []);
  if (!all.checked || boxes.length === totalOf(level)) return;
  all.dataset.asked = "";
  if (level.closest("[data-statement-pane]")) return;
  const load = level.querySelector("[data-load]");
  if (load) load.click();
  else
    window.htmx.trigger(
      level.closest("[data-block]").querySelector("[data-filter-actions]"),
      "search",
    );
}

function onChange({ target }) {
  const block = target.closest("[data-policy-editor] [data-block]");
  if (!block) return;
  if (target.matches("[data-all-actions]"))
    for (const each of block.querySelectorAll("[data-level]")) chooseAll(each, target.checked);
  const level = target.closest("[data-level]");
  if (level) {
    keepOpen(level);
    if (target.matches("[data-level-all]")) chooseLevel(level, target);
    countLevel(level);
  }
  countBlock(block);
}

export function startActionBoxes() {
  onSettle("[data-policy-editor] [data-level]", countLevel);
  document.addEventListener("change", onChange);
}
