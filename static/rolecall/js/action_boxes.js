// Actions of a service: boxes in groups, "all actions", and what counts them.
import { keepOpen } from "./action_filter.js";
import { onSettle } from "./dom.js";

const boxesOf = (level) => [...level.querySelectorAll("input[name$='-action']")];

function countLevel(level) {
  const boxes = boxesOf(level);
  const chosen = boxes.filter((box) => box.checked).length;
  const counter = level.querySelector("[data-level-count]");
  const count = chosen ? `Selected ${chosen}/${boxes.length}` : boxes.length;
  counter.textContent = `${counter.dataset.levelCount} (${count})`;
  const all = level.querySelector("[data-level-all]");
  all.checked = chosen === boxes.length;
  all.indeterminate = chosen > 0 && chosen < boxes.length;
}

function countBlock(block) {
  const effect = block.querySelector("[data-effect] input:checked")?.value ?? "Allow";
  const all = block.querySelector("[data-all-actions]")?.checked;
  const chosen = block.querySelectorAll(
    "[data-level] input[name$='-action']:checked, input[name$='-manual']",
  ).length;
  const counter = block.querySelector("[data-block-count]");
  const count = all ? "all actions" : `${chosen} action${chosen === 1 ? "" : "s"}`;
  if (counter) counter.textContent = `${effect} ${count}`;
  const verb = effect === "Deny" ? "denied" : "allowed";
  for (const words of block.querySelectorAll("[data-verb]"))
    words.textContent = words.textContent.replace(/allowed|denied/, verb);
}

// Disabled boxes are not sent: hidden fields keep what was ticked before.
function keepTicked(block) {
  const list = block.querySelector("[data-actions]");
  for (const box of block.querySelectorAll("[data-level] input[name$='-action']")) {
    if (box.dataset.before !== "true") continue;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: box.name, value: box.value });
    field.dataset.kept = "";
    list.append(field);
  }
}

function chooseAll(block, all) {
  const fields = [...block.querySelectorAll("input[data-kept]")];
  const kept = new Set(fields.map((field) => field.value));
  for (const level of block.querySelectorAll("[data-level]")) {
    for (const box of boxesOf(level)) {
      if (all) box.dataset.before = String(box.checked);
      box.checked =
        all || (box.dataset.before ? box.dataset.before === "true" : kept.has(box.value));
      box.disabled = all;
    }
    level.querySelector("[data-level-all]").disabled = all;
    countLevel(level);
  }
  for (const field of fields) field.remove();
  if (all) keepTicked(block);
}

function onChange({ target }) {
  const block = target.closest("[data-policy-editor] [data-block]");
  if (!block) return;
  if (target.matches("[data-all-actions]")) chooseAll(block, target.checked);
  const level = target.closest("[data-level]");
  if (level) {
    keepOpen(level);
    if (target.matches("[data-level-all]"))
      for (const box of boxesOf(level)) box.checked = target.checked;
    countLevel(level);
  }
  countBlock(block);
}

export function startActionBoxes() {
  onSettle("[data-policy-editor] [data-level]", countLevel);
  document.addEventListener("change", onChange);
}
