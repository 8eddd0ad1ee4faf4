// The left navigation: open and closed, over the page on narrow screens, and its search box.
import { onClick, remember } from "./dom.js";

const root = document.documentElement;
const narrow = window.matchMedia("(max-width: 689px)");

// A wizard or an editor has the width: there the navigation starts closed.
const needsWidth = () => document.querySelector(".wizard, .with-statement, .code-editor") !== null;

function isOpen() {
  if (narrow.matches) return root.hasAttribute("data-nav-over");
  return needsWidth() ? root.hasAttribute("data-nav-shown") : root.dataset.nav !== "closed";
}

function show(open) {
  if (narrow.matches) {
    root.toggleAttribute("data-nav-over", open);
  } else if (needsWidth()) {
    root.toggleAttribute("data-nav-shown", open);
    if (open) delete root.dataset.nav;
  } else {
    if (open) delete root.dataset.nav;
    else root.dataset.nav = "closed";
    remember("nav", open ? "" : "closed");
  }
  mark();
}

function mark() {
  for (const toggle of document.querySelectorAll("[data-nav-toggle]"))
    toggle.setAttribute("aria-expanded", String(isOpen()));
}

function look(input) {
  const wanted = input.value.trim().toLowerCase();
  const body = document.querySelector(".sidenav__body");
  let any = false;
  for (const item of body.querySelectorAll("[data-nav-item]")) {
    item.hidden = wanted !== "" && !item.textContent.toLowerCase().includes(wanted);
    any ||= !item.hidden;
  }
  for (const section of body.querySelectorAll(".sidenav__section"))
    section.hidden = !section.querySelector("[data-nav-item]:not([hidden])");
  body.querySelector("[data-nav-empty]").hidden = any;
}

export function startNavigation() {
  if (!document.getElementById("sidenav")) return;
  mark();
  narrow.addEventListener("change", mark);
  onClick("[data-nav-toggle]", () => {
    show(!isOpen());
    if (isOpen() && narrow.matches) document.querySelector(".sidenav__title")?.focus();
  });
  onClick("[data-nav-close]", () => {
    show(false);
    document.querySelector("[data-nav-toggle]")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (
      event.key === "Escape" &&
      narrow.matches &&
      isOpen() &&
      event.target.closest?.("#sidenav")
    ) {
      show(false);
      document.querySelector("[data-nav-toggle]")?.focus();
    }
  });
  for (const input of document.querySelectorAll("[data-nav-search]")) {
    input.addEventListener("input", () => look(input));
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      document.querySelector(".sidenav__body [data-nav-item]:not([hidden]) a")?.click();
    });
  }
}
