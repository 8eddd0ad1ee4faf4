// Edit statement: the pane follows the cursor, and what it changes goes into the JSON editor.
import { onClick } from "./dom.js";

const paneOf = () => document.querySelector("[data-statement-pane]");
const areaOf = (pane) => pane.closest("form").querySelector("[data-code-editor] textarea[name]");
const spansOf = (pane) =>
  (pane.dataset.spans ?? "")
    .split(" ")
    .filter(Boolean)
    .map((each) => each.split("-").map(Number));

// The statement that an offset stands in, as the list names it; empty outside of all.
function statementAt(pane, offset) {
  const found = spansOf(pane).findIndex(([start, end]) => start <= offset && offset <= end);
  return found < 0 ? "" : String(found);
}

// A button that waits for an answer would lose its turn to a request that comes after it.
const isBusy = (form) => form.matches(".htmx-request") || form.querySelector(".htmx-request");

// ---- From the editor to the pane ----
let waiting = 0;
function follow(area) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const pane = paneOf();
    const list = pane?.querySelector("[data-statement]");
    const editor = area.rolecallEditor;
    if (!list || !area.isConnected) return;
    if (isBusy(area.closest("form"))) {
      follow(area);
      return;
    }
    const offset = editor
      ? editor.session.doc.positionToIndex(editor.getCursorPosition())
      : area.selectionStart;
    const at = statementAt(pane, offset);
    if (at === list.value) return;
    list.value = at;
    window.htmx.trigger(list, "change");
  }, 200);
}

function watch(area) {
  const editor = area.rolecallEditor;
  if (!editor || editor.followed) return;
  editor.followed = true;
  editor.selection.on("changeCursor", () => {
    if (editor.isFocused()) follow(area);
  });
}

// ---- From the pane to the editor ----
function showChosen(pane, area) {
  const editor = area.rolecallEditor;
  const chosen = pane.querySelector("[data-statement]")?.value;
  const span = chosen ? spansOf(pane)[Number(chosen)] : null;
  if (!editor || !span) return;
  const { row, column } = editor.session.doc.indexToPosition(span[0]);
  editor.moveCursorTo(row, column);
  editor.clearSelection();
  editor.renderer.scrollCursorIntoView({ row, column }, 0.3);
}

function takeOver(pane) {
  const area = areaOf(pane);
  const written = pane.querySelector("[data-written]");
  if (written) {
    area.value = written.value;
    area.dispatchEvent(new Event("rolecall:written"));
    written.remove();
  }
  if (written || document.activeElement?.matches("[data-statement]")) showChosen(pane, area);
  if (area.rolecallEditor?.isFocused()) follow(area);
  if (!pane.dataset.focus) return;
  document.getElementById(pane.dataset.focus)?.focus();
  delete pane.dataset.focus;
}

function showPane(button, open) {
  const room = button.closest(".with-statement");
  room.classList.toggle("is-alone", !open);
  room.querySelector(open ? "[data-pane-close]" : "[data-pane-open]").focus();
}

export function startStatementPane() {
  onClick("[data-pane-close]", (button) => showPane(button, false));
  onClick("[data-pane-open]", (button) => showPane(button, true));
  document.addEventListener("focusin", (event) => {
    const area = event.target.closest("[data-code-editor]")?.querySelector("textarea[name]");
    if (!area || !paneOf()) return;
    watch(area);
    follow(area);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.matches?.("[data-statement-pane]")) takeOver(event.detail.elt);
  });
  // What is being typed in the pane is not taken away by an answer about the document.
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const pane = event.detail.target;
    if (pane?.matches?.("[data-statement-pane]") && pane.contains(document.activeElement))
      event.detail.shouldSwap = false;
  });
}
