// The editor of JSON or YAML over a textarea: kept in step, findings marked at their lines, no keyboard trap.
import { isDark, loadAce } from "./ace.js";
import { forEach } from "./dom.js";

const SEVERITY = { security: "warning", error: "error", warning: "warning", suggestion: "info" };

function count(box, text) {
  const said = box.querySelector("[data-count]");
  if (!said) return;
  const limit = Number(box.dataset.limit);
  const left = limit - text.replace(/\s/g, "").length;
  said.textContent = `${left} of ${limit} characters remaining`;
  said.classList.toggle("is-over", left < 0);
}

function findingsOf(id) {
  const data = document.getElementById(`${id}-findings`);
  return data ? JSON.parse(data.textContent) : [];
}

function mark(editor, id) {
  editor.session.setAnnotations(
    findingsOf(id).map((each) => ({
      row: each.line - 1,
      column: each.column - 1,
      text: each.message.replaceAll("\u0060", ""),
      type: SEVERITY[each.severity] ?? "info",
    })),
  );
}

function listenToFindings(box, editor, id) {
  const root = box.querySelector("[data-findings-root]");
  root?.addEventListener("click", (event) => {
    const where = event.target.closest("[data-line]");
    if (!where) return;
    editor.gotoLine(Number(where.dataset.line), Number(where.dataset.column) - 1, true);
    editor.focus();
  });
  root?.addEventListener("htmx:afterSettle", () => mark(editor, id));
}

async function upgrade(box) {
  if (box.dataset.upgraded) return;
  box.dataset.upgraded = "yes";
  const area = box.querySelector("textarea");
  area.addEventListener("input", () => count(box, area.value));
  count(box, area.value);
  const ace = await loadAce(box.dataset);
  const place = document.createElement("div");
  area.before(place);
  place.textContent = area.value;
  const editor = ace.edit(place, {
    useWorker: false, // its remarks (*Bad string*) would stand in the place of the site's own
    mode: `ace/mode/${box.dataset.mode}`,
    theme: isDark() ? "ace/theme/cloud_editor_dark" : "ace/theme/cloud_editor",
    tabSize: 2,
    useSoftTabs: true,
    fontSize: 13,
    showPrintMargin: false,
    readOnly: area.readOnly,
    enableKeyboardAccessibility: true,
    scrollPastEnd: 0.1,
    fixedWidthGutter: true,
    placeholder: area.placeholder,
    wrap: box.dataset.mode === "markdown",
  });
  editor.textInput.setAriaOptions({ setLabel: false });
  const input = editor.textInput.getElement();
  input.setAttribute("aria-label", area.getAttribute("aria-label"));
  input.setAttribute("aria-describedby", area.getAttribute("aria-describedby"));
  if (area.getAttribute("aria-invalid")) input.setAttribute("aria-invalid", "true");
  place.setAttribute(
    "aria-label",
    `${area.getAttribute("aria-label")}: press Enter to edit, Esc to leave`,
  );
  area.hidden = true;
  area.rolecallEditor = editor;
  place.rolecallEditor = editor;

  let own = false;
  editor.session.on("change", () => {
    if (own) return;
    area.value = editor.getValue();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // What another part of the page writes into the textarea shows in the editor.
  area.addEventListener("rolecall:written", () => {
    own = true;
    editor.setValue(area.value, -1);
    own = false;
    count(box, area.value);
  });
  area.addEventListener("focus", () => editor.focus());
  const position = box.querySelector("[data-position]");
  const say = () => {
    const { row, column } = editor.getCursorPosition();
    position.textContent = `${row + 1}:${column + 1} ${box.dataset.mode.toUpperCase()}`;
  };
  editor.selection.on("changeCursor", say);
  say();
  box.querySelector("[data-hint]").textContent = "Esc leaves the editor";

  mark(editor, area.id);
  listenToFindings(box, editor, area.id);
  const first = findingsOf(area.id).find((each) => each.severity === "error");
  if (first) editor.gotoLine(first.line, first.column - 1);
  else editor.clearSelection();
  if ("autofocus" in box.dataset || area.getAttribute("aria-invalid")) editor.focus();
  new ResizeObserver(() => editor.resize()).observe(place.parentElement);
  const color = () => editor.setTheme(`ace/theme/cloud_editor${isDark() ? "_dark" : ""}`);
  document.addEventListener("rolecall:display", color);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", color);
}

function tabs(findings) {
  const list = [...findings.querySelectorAll("[role='tab']")];
  const panels = list.map((tab) => document.getElementById(tab.getAttribute("aria-controls")));
  const choose = (index) =>
    list.forEach((tab, n) => {
      tab.setAttribute("aria-selected", String(n === index));
      tab.tabIndex = n === Math.max(index, 0) ? 0 : -1;
      panels[n].hidden = n !== index;
    });
  choose(panels.findIndex((panel) => !panel.hidden));
  list.forEach((tab, n) => {
    tab.addEventListener("click", () =>
      choose(tab.getAttribute("aria-selected") === "true" ? -1 : n),
    );
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = (n + step + list.length) % list.length;
      choose(next);
      list[next].focus();
    });
  });
}

export function startCodeEditors() {
  forEach("[data-code-editor]", (box) =>
    upgrade(box).catch(() => {
      box.querySelector("textarea").hidden = false;
    }),
  );
  forEach("[data-findings]", tabs);
}
