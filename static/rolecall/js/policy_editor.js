// The policy editor's requests: what goes along with them, which answers count, where the focus is after.
import { isOpen } from "./action_filter.js";

const editorOf = (element) => element.closest("[data-policy-editor]");
const stepOf = (editor) => editor?.dataset.step ?? "";

function sendOpenSections({ target, detail }) {
  const editor = editorOf(target);
  if (!editor || detail.verb !== "post") return;
  for (const section of editor.querySelectorAll("details[data-section]")) {
    detail.formData.append("shown", section.id);
    if (isOpen(section)) detail.formData.append("open", section.id);
  }
}

// Asks again for a part that was changed after it was asked for: its answer knows less.
function askAgainIfStale({ detail }) {
  const { target, requestConfig } = detail;
  const editor = editorOf(target);
  if (!editor || target === editor || target.matches("[data-statement-pane]")) return;
  const now = new FormData(target.closest("form"));
  const fields = [...target.querySelectorAll("input[name], select[name], textarea[name]")];
  const same = ({ name }) =>
    String(now.getAll(name)) === String(requestConfig.formData.getAll(name));
  if (fields.every(same)) return;
  detail.shouldSwap = false;
  const { elt, triggeringEvent } = requestConfig;
  if (triggeringEvent?.submitter) elt.requestSubmit(triggeringEvent.submitter);
  else window.htmx.trigger(elt, triggeringEvent?.type ?? "change");
}

function focusNext(editor) {
  if (!editor.dataset.focus) return;
  document.getElementById(editor.dataset.focus)?.focus({ preventScroll: false });
  delete editor.dataset.focus;
}

function showStep(editor) {
  window.scrollTo({ top: 0 });
  if (!editor.querySelector("[aria-invalid='true']"))
    editor.querySelector("h1")?.focus({ preventScroll: true });
}

function followAnswers() {
  let step = "";
  document.addEventListener("htmx:beforeSwap", () => {
    step = stepOf(document.querySelector("[data-policy-editor]"));
  });
  document.addEventListener("htmx:afterSettle", () => {
    const editor = document.querySelector("[data-policy-editor]");
    if (!editor) return;
    focusNext(editor);
    if (stepOf(editor) === step) return;
    step = stepOf(editor);
    showStep(editor);
  });
}

export function startPolicyEditor() {
  document.addEventListener("editor-focus", ({ detail }) =>
    document.getElementById(detail.id)?.focus(),
  );
  document.addEventListener("htmx:configRequest", sendOpenSections);
  document.addEventListener("htmx:beforeSwap", askAgainIfStale);
  followAnswers();
  document.addEventListener("keydown", (event) => {
    const button = event.key === "Enter" && event.target.dataset?.enter;
    if (!button) return;
    event.preventDefault();
    document.getElementById(button)?.click();
  });
}
