// The help panel at the right: filled by htmx, closed by its × or Esc, focus given back.
import { onClick } from "./dom.js";

let before = null;

function mark(panel) {
  for (const toggle of document.querySelectorAll("[data-help-toggle]"))
    toggle.setAttribute("aria-expanded", String(!panel.hidden));
}

// A page without a panel, as those for signing in: htmx would find no target and do nothing.
function followLinks() {
  document.addEventListener(
    "click",
    (event) => {
      if (event.target.closest?.("[data-help]")) event.stopPropagation();
    },
    { capture: true },
  );
}

export function startHelp() {
  const panel = document.getElementById("help-panel");
  if (!panel) {
    followLinks();
    return;
  }
  if (panel.textContent.trim()) panel.hidden = false;
  mark(panel);

  const close = () => {
    panel.hidden = true;
    mark(panel);
    if (before?.isConnected) before.focus();
  };
  // Links that open help stay links: with a modifier key they open the topic's page.
  document.body.addEventListener("htmx:confirm", (event) => {
    const link = event.detail.elt;
    if (!link.matches("[data-help]")) return;
    const click = event.detail.triggeringEvent;
    if (click?.ctrlKey || click?.metaKey || click?.shiftKey) {
      event.preventDefault();
      window.open(link.href, "_blank", "noopener");
    } else if (link.matches("[data-help-toggle]") && !panel.hidden) {
      event.preventDefault();
      close();
    } else {
      before = link;
    }
  });
  panel.addEventListener("htmx:afterSwap", () => {
    panel.hidden = false;
    mark(panel);
    panel.scrollTop = 0;
    panel.querySelector("h2")?.focus({ preventScroll: true });
  });
  onClick("[data-help-close]", close);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
}
