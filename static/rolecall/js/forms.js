// Forms: focus to the first field in error, words while sending, passwords shown, parts that depend on a choice.
import { forEach } from "./dom.js";

function focusFirstError(root) {
  const invalid = root.querySelector(
    "[aria-invalid='true'], .field--invalid input, .field--invalid select, .field--invalid textarea",
  );
  (invalid ?? root.querySelector("[data-form-errors] [role='alert']"))?.focus({
    preventScroll: false,
  });
}

function showWhen(part) {
  const [name, ...values] = part.dataset.showWhen.split("=");
  const wanted = values.join("=").split("|");
  const controls = [
    ...(part.closest("form") ?? document).querySelectorAll(`[name="${CSS.escape(name)}"]`),
  ];
  const refresh = () => {
    const chosen = controls
      .filter((each) => !["radio", "checkbox"].includes(each.type) || each.checked)
      .map((each) => each.value);
    part.hidden = !wanted.some((value) =>
      value === "" ? chosen.length > 0 : chosen.includes(value),
    );
  };
  for (const control of controls) control.addEventListener("change", refresh);
  refresh();
}

function stopSending() {
  for (const button of document.querySelectorAll(".button.is-loading")) {
    button.classList.remove("is-loading");
    button.removeAttribute("aria-disabled");
    button.querySelector(".button__text").textContent = button.dataset.label;
  }
}

// A double click sends a form once. A second later it may be sent again: its answer may be a file, or another window.
const SENT_AGAIN_AFTER = 1000;
const sentAt = new WeakMap();

function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  const since = event.timeStamp - (sentAt.get(form) ?? Number.NEGATIVE_INFINITY);
  if (since < SENT_AGAIN_AFTER) event.preventDefault();
  else sentAt.set(form, event.timeStamp);
}

// The button that deletes waits for the text that confirms it.
function waitForConfirmation(input) {
  const refresh = () => {
    const matches = input.value.trim() === input.dataset.confirms;
    for (const control of input.form.elements)
      if (control.type === "submit") control.disabled = !matches;
  };
  input.addEventListener("input", refresh);
  refresh();
}

export function startForms() {
  forEach("[data-confirms]", waitForConfirmation);
  forEach("[data-show-when]", showWhen);
  forEach("[data-reveals]", (box) => {
    box.addEventListener("change", () => {
      for (const id of box.dataset.reveals.split(" "))
        document.getElementById(id).type = box.checked ? "text" : "password";
    });
  });
  forEach("[data-autosubmit]", (control) =>
    control.addEventListener("change", () => control.form.requestSubmit()),
  );
  document.querySelector("form[data-submit-at-once]")?.requestSubmit();
  focusFirstError(document);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt?.querySelector?.("[aria-invalid='true']"))
      focusFirstError(event.detail.elt);
  });
  document.addEventListener("submit", sendOnce);
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.dataset.loading || event.defaultPrevented) return;
    button.classList.add("is-loading");
    button.setAttribute("aria-disabled", "true");
    const text = button.querySelector(".button__text");
    button.dataset.label = text.textContent;
    text.textContent = button.dataset.loading;
  });
  // A page shown again by the Back button is not still sending; the answer to a form keeps what it has.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if ("answer" in document.body.dataset) stopSending();
    else window.location.reload();
  });
}
