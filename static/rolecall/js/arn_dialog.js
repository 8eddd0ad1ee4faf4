// The dialogs of the policy editor, and the preview of the ARN that one of them puts together.
import { onSettle } from "./dom.js";

function accountOf(dialog) {
  const account = dialog.querySelector("[data-arn-account]");
  const choice = account?.querySelector("input[type='radio']:checked")?.value;
  const other = dialog.querySelector("#arn-other")?.value.replace(/[\s-]/g, "");
  return { this: account?.dataset.arnAccount, any: "*", other: other || "account-ID" }[choice];
}

function preview(dialog) {
  const shown = dialog.querySelector("#arn-preview");
  if (!shown) return;
  const values = { Partition: "aws", Account: accountOf(dialog) };
  for (const field of dialog.querySelectorAll("[data-arn-field]")) {
    const name = field.dataset.arnField;
    const any = dialog.querySelector(`[data-arn-any="${CSS.escape(name)}"]`).checked;
    field.disabled = any;
    values[name] = any ? "*" : field.value.trim();
  }
  shown.textContent = shown.dataset.template.replace(
    /\$\{(\w+)\}/g,
    (_, name) => values[name] || "*",
  );
}

function open(dialog) {
  if (dialog.matches(":modal")) return;
  dialog.close();
  dialog.showModal();
  (dialog.querySelector("[aria-invalid='true']") ?? dialog.querySelector("[autofocus]"))?.focus();
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    dialog.querySelector("[data-dialog-cancel]").click();
  });
  preview(dialog);
}

export function startArnDialog() {
  onSettle("[data-policy-editor] dialog[data-editor-dialog]", open);
  document.addEventListener("input", ({ target }) => {
    const dialog = target.closest("dialog[data-editor-dialog]");
    if (dialog) preview(dialog);
  });
}
