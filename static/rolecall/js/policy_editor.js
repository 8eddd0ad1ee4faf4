// The visual editor: live counters, filters, and what only saves a round trip to the server.
const $$ = (root, selector) => [...root.querySelectorAll(selector)];
const editorOf = (element) => element.closest("[data-policy-editor]");

// ---- Actions: groups, their boxes and their counters ----
function boxesOf(level) {
  return $$(level, "input[name$='-action']");
}

function countLevel(level) {
  const boxes = boxesOf(level);
  const chosen = boxes.filter((box) => box.checked).length;
  const said = level.querySelector("[data-level-count]");
  said.textContent = `${said.dataset.levelCount} (${chosen ? `Selected ${chosen}/${boxes.length}` : boxes.length})`;
  const all = level.querySelector("[data-level-all]");
  all.checked = chosen === boxes.length;
  all.indeterminate = chosen > 0 && chosen < boxes.length;
}

function countBlock(block) {
  const effect = block.querySelector("[data-effect] input:checked")?.value ?? "Allow";
  const all = block.querySelector("[data-all-actions]")?.checked;
  const chosen =
    $$(block, "[data-level] input[name$='-action']:checked").length +
    $$(block, "input[name$='-manual']").length;
  const said = block.querySelector("[data-block-count]");
  if (said)
    said.textContent = all
      ? `${effect} all actions`
      : `${effect} ${chosen} action${chosen === 1 ? "" : "s"}`;
  const verb = effect === "Deny" ? "denied" : "allowed";
  for (const words of $$(block, "[data-verb]"))
    words.textContent = words.textContent.replace(/allowed|denied/, verb);
}

function chooseAll(block, all) {
  const kept = new Set($$(block, "input[data-kept]").map((each) => each.value));
  for (const level of $$(block, "[data-level]")) {
    for (const box of boxesOf(level)) {
      if (all) box.dataset.before = String(box.checked);
      box.checked =
        all || (box.dataset.before ? box.dataset.before === "true" : kept.has(box.value));
      box.disabled = all;
    }
    level.querySelector("[data-level-all]").disabled = all;
    countLevel(level);
  }
  // Boxes that are disabled are not sent: hidden fields keep what was ticked before.
  const list = block.querySelector("[data-actions]");
  for (const each of $$(list, "input[data-kept]")) each.remove();
  if (!all) return;
  for (const box of $$(block, "[data-level] input[name$='-action']")) {
    if (box.dataset.before !== "true") continue;
    const field = Object.assign(document.createElement("input"), {
      type: "hidden",
      name: box.name,
      value: box.value,
    });
    field.dataset.kept = "";
    list.append(field);
  }
}

function onChange(event) {
  const block = event.target.closest("[data-block]");
  if (!block) return;
  if (event.target.matches("[data-all-actions]")) chooseAll(block, event.target.checked);
  const level = event.target.closest("[data-level]");
  if (level) {
    // What was found by the filter and ticked stays in sight when the filter is cleared.
    if (level.dataset.wasOpen) level.dataset.wasOpen = "true";
    if (event.target.matches("[data-level-all]")) {
      for (const box of boxesOf(level)) box.checked = event.target.checked;
    }
    countLevel(level);
  }
  countBlock(block);
}

// ---- Filters: actions of a service, services of the picker ----
const words = (text) =>
  text
    .toLowerCase()
    .split(/[\s-]+/)
    .filter(Boolean);

function filterActions(input) {
  const block = input.closest("[data-block]");
  const wanted = words(input.value);
  let found = 0;
  for (const level of $$(block, "[data-level]")) {
    let here = 0;
    for (const action of $$(level, "[data-action]")) {
      const fits = wanted.every((word) => action.dataset.action.includes(word));
      action.hidden = !fits;
      here += fits ? 1 : 0;
    }
    level.hidden = here === 0;
    if (wanted.length) {
      if (level.dataset.wasOpen === undefined) level.dataset.wasOpen = String(level.open);
      level.open = here > 0;
    } else if (level.dataset.wasOpen !== undefined) {
      level.open = level.dataset.wasOpen === "true";
      delete level.dataset.wasOpen;
    }
    found += here;
  }
  block.querySelector("[data-filter-count]").textContent = wanted.length
    ? `${found} ${found === 1 ? "match" : "matches"}`
    : "";
  block.querySelector("[data-filter-none]").hidden = found > 0;
}

function filterServices(input) {
  const picker = input.closest("[data-picker]");
  const wanted = words(input.value);
  const typed = input.value.trim().toLowerCase();
  const list = picker.querySelector("ul");
  let found = 0;
  for (const item of list.children) {
    const fits = wanted.every((word) => item.dataset.search.includes(word));
    item.hidden = !fits;
    found += fits ? 1 : 0;
    // The service whose own name was typed comes before those that only mention it.
    const [prefix, name] = item.dataset.search.split(" ");
    item.classList.toggle("is-best", Boolean(typed) && (prefix === typed || name === typed));
  }
  picker.querySelector("[data-picker-none]").hidden = found > 0;
}

const shownServices = (picker) => {
  const buttons = $$(picker, "li:not([hidden]) button");
  return [
    ...buttons.filter((each) => each.closest(".is-best")),
    ...buttons.filter((each) => !each.closest(".is-best")),
  ];
};

function onPickerKey(event, picker) {
  const buttons = shownServices(picker);
  const input = picker.querySelector("input");
  const here = buttons.indexOf(document.activeElement);
  if (event.key === "ArrowDown" && here < buttons.length - 1) buttons[here + 1].focus();
  else if (event.key === "ArrowUp") (here > 0 ? buttons[here - 1] : input).focus();
  else if (event.key === "Enter" && event.target === input && buttons.length && input.value.trim())
    buttons[0].click();
  else if (event.key === "Escape" && document.activeElement !== input) input.focus();
  else return;
  event.preventDefault();
}

// ---- The dialog Specify ARNs: its preview, and what closing it means ----
function preview(dialog) {
  const shown = dialog.querySelector("#arn-preview");
  if (!shown) return;
  const account = dialog.querySelector("[data-arn-account]");
  const choice = account?.querySelector("input[type='radio']:checked")?.value;
  const other = dialog.querySelector("#arn-other")?.value.replace(/[\s-]/g, "");
  const values = {
    Partition: "aws",
    Account: { this: account?.dataset.arnAccount, any: "*", other: other || "account-ID" }[choice],
  };
  for (const field of $$(dialog, "[data-arn-field]")) {
    const any = dialog.querySelector(
      `[data-arn-any="${CSS.escape(field.dataset.arnField)}"]`,
    ).checked;
    field.disabled = any;
    values[field.dataset.arnField] = any ? "*" : field.value.trim();
  }
  shown.textContent = shown.dataset.template.replace(
    /\$\{(\w+)\}/g,
    (_, name) => values[name] || "*",
  );
}

function openDialog(root) {
  const dialog = root.querySelector("dialog[data-editor-dialog]");
  if (!dialog || dialog.matches(":modal")) return;
  dialog.close();
  dialog.showModal();
  (dialog.querySelector("[aria-invalid='true']") ?? dialog.querySelector("[autofocus]"))?.focus();
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    dialog.querySelector("[data-dialog-cancel]").click();
  });
  preview(dialog);
}

// ---- What goes along with every request: which sections are open ----
function onConfig(event) {
  const editor = editorOf(event.target);
  if (!editor || event.detail.verb !== "post") return;
  const add = (name, value) => event.detail.formData.append(name, value);
  for (const section of $$(editor, "details[data-section]")) {
    add("shown", section.id);
    if (section.dataset.wasOpen === undefined ? section.open : section.dataset.wasOpen === "true")
      add("open", section.id);
  }
}

// A section that was changed after it was asked for is asked for again: its answer knows less.
function askAgainIfStale(event) {
  const { target, requestConfig } = event.detail;
  if (!editorOf(target) || !target.matches("details[data-section]")) return;
  const now = new FormData(target.closest("form"));
  const names = $$(target, "input[name], select[name], textarea[name]").map((each) => each.name);
  if (
    names.every((name) => String(now.getAll(name)) === String(requestConfig.formData.getAll(name)))
  )
    return;
  event.detail.shouldSwap = false;
  window.htmx.trigger(requestConfig.elt, "change");
}

function settled(editor) {
  openDialog(editor);
  for (const level of $$(editor, "[data-level]")) countLevel(level);
  for (const input of $$(editor, "[data-filter-actions]")) if (input.value) filterActions(input);
  for (const input of $$(editor, "[data-picker] input")) if (input.value) filterServices(input);
}

let scrolledTo = "";
function start() {
  document.addEventListener("change", (event) => {
    if (editorOf(event.target)) onChange(event);
  });
  document.addEventListener("input", (event) => {
    const dialog = event.target.closest("dialog[data-editor-dialog]");
    if (dialog) preview(dialog);
    if (event.target.matches("[data-filter-actions]")) filterActions(event.target);
    if (event.target.closest("[data-picker]")) filterServices(event.target);
  });
  document.addEventListener("keydown", (event) => {
    const picker = event.target.closest("[data-picker]");
    if (picker) onPickerKey(event, picker);
    if (event.key === "Enter" && event.target.dataset.enter) {
      event.preventDefault();
      document.getElementById(event.target.dataset.enter)?.click();
    }
  });
  document.addEventListener(
    "click",
    (event) => {
      const expand = event.target.closest("[data-expand]");
      if (expand) {
        event.preventDefault();
        for (const level of $$(expand.closest("[data-block]"), "[data-level]")) {
          level.open = expand.dataset.expand === "true";
          delete level.dataset.wasOpen;
        }
      }
      const clear = event.target.closest("[data-filter-clear]");
      if (clear) {
        const input = clear.closest("[data-block]").querySelector("[data-filter-actions]");
        input.value = "";
        filterActions(input);
        input.focus();
      }
    },
    true,
  );
  document.addEventListener("htmx:configRequest", onConfig);
  document.addEventListener("htmx:beforeSwap", askAgainIfStale);
  document.addEventListener("htmx:beforeSwap", () => {
    scrolledTo = document.querySelector("[data-policy-editor]")?.dataset.step ?? "";
  });
  document.addEventListener("htmx:afterSettle", () => {
    const editor = document.querySelector("[data-policy-editor]");
    if (!editor) return;
    settled(editor);
    if (editor.dataset.focus) {
      document.getElementById(editor.dataset.focus)?.focus({ preventScroll: false });
      delete editor.dataset.focus;
    }
    if ((editor.dataset.step ?? "") !== scrolledTo) {
      scrolledTo = editor.dataset.step ?? "";
      window.scrollTo({ top: 0 });
      if (!editor.querySelector("[aria-invalid='true']"))
        editor.querySelector("h1")?.focus({ preventScroll: true });
    }
  });
  const editor = document.querySelector("[data-policy-editor]");
  if (editor) settled(editor);
}

start();
