// Finds a control of the page by its kind and the label that a person sees.
const KINDS = {
  button: "button, [role='button'], input[type='submit'], a.button, summary",
  link: "a[href]",
  field: "input:not([type='hidden'], [type='radio'], [type='checkbox']), select, textarea",
  tab: ".tabs__link, [role='tab']",
  checkbox: "input[type='checkbox']",
  radio: "input[type='radio']",
  text: "h1, h2, h3, h4, th, dt, label, legend, p, span, strong, code, td, dd, li",
};
const ELSEWHERE = ".drawer, .bubble, .help-panel";

const plain = (text) => text.replace(/\s+/g, " ").trim();

function namesOf(element) {
  const ids = (element.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
  return [
    element.dataset.control,
    element.getAttribute("aria-label"),
    ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" "),
    ...[...(element.labels ?? [])].map((label) => label.textContent),
    element.value && element.type === "submit" ? element.value : "",
    element.textContent,
  ]
    .filter(Boolean)
    .map(plain);
}

const isShown = (element) =>
  [element, ...(element.labels ?? [])].some((one) => one.getClientRects().length > 0);

// The label in full comes before one that only begins so, as `Permissions (2)` does.
export function findControl(kind, label) {
  const all = [...document.querySelectorAll(KINDS[kind])].filter(
    (one) => !one.closest(ELSEWHERE) && isShown(one),
  );
  const inPage = all.filter((one) => one.closest("main"));
  const ordered = [...inPage, ...all.filter((one) => !one.closest("main"))];
  return (
    ordered.find((one) => namesOf(one).includes(label)) ??
    ordered.find((one) => namesOf(one).some((name) => name.startsWith(label))) ??
    null
  );
}
