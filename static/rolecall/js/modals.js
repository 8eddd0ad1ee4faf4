// Dialogs: opened by buttons or brought by htmx; focus is given back when they close.
import { onClick } from "./dom.js";

function open(dialog) {
  // Not close(): its event would come later, and be taken for the person closing what was just opened.
  dialog.removeAttribute("open");
  dialog.showModal();
}

export function startModals() {
  onClick("[data-opens]", (button, event) => {
    const dialog = document.getElementById(button.dataset.opens);
    if (!dialog) return;
    event.preventDefault();
    open(dialog);
  });
  onClick("[data-close]", (button, event) => {
    const dialog = button.closest("dialog");
    if (!dialog?.matches(":modal")) return;
    if (dialog.hasAttribute("data-modal-page")) return;
    event.preventDefault();
    dialog.close();
  });
  onClick("dialog:modal", (dialog, event) => {
    if (event.target !== dialog || getSelection().toString()) return;
    const box = dialog.getBoundingClientRect();
    const inside =
      event.clientX >= box.left &&
      event.clientX <= box.right &&
      event.clientY >= box.top &&
      event.clientY <= box.bottom;
    if (!inside && event.detail)
      dialog.dispatchEvent(new Event("cancel", { cancelable: true })) && dialog.close();
  });
  onClick("[data-dismiss]", (button) => {
    const gone = button.closest(button.dataset.dismiss);
    const main = document.getElementById("main");
    gone?.remove();
    main?.focus({ preventScroll: true });
  });
  onClick("[data-open-details]", (link) => {
    const details = document.querySelector(link.getAttribute("href"));
    if (details) details.open = true;
  });

  // A dialog that the page came with open was asked for by its URL: closing it goes on to that URL's list.
  for (const dialog of document.querySelectorAll("dialog[data-modal-open]")) {
    dialog.setAttribute("data-modal-page", "");
    open(dialog);
    dialog.addEventListener("cancel", () => dialog.querySelector("a[data-close]")?.click());
  }
  const root = document.getElementById("modal-root");
  root?.addEventListener("htmx:afterSwap", () => {
    const dialog = root.querySelector("dialog");
    if (!dialog || dialog.matches(":modal")) return;
    const before = document.activeElement;
    open(dialog);
    dialog.addEventListener(
      "close",
      () => {
        root.replaceChildren();
        if (before?.isConnected) before.focus();
      },
      { once: true },
    );
  });
  document.body.addEventListener("close-modal", () =>
    document.querySelector("dialog:modal")?.close(),
  );
}
