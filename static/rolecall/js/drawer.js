// The drawer of a lab: open and closed, its place remembered.
import { onClick, remember } from "./dom.js";

const root = document.documentElement;
const wide = window.matchMedia("(min-width: 1100px)");

const isOpen = () =>
  wide.matches ? root.dataset.drawer !== "closed" : root.dataset.drawer === "open";

// What was folded and unfolded by hand, and how far the drawer was scrolled, in this tab.
function memory(drawer) {
  const key = `rolecall-drawer-${drawer.dataset.drawerOf}`;
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "{}");
  return {
    kept,
    keep: (more) => sessionStorage.setItem(key, JSON.stringify({ ...kept, ...more })),
  };
}

function restore(drawer) {
  const { kept } = memory(drawer);
  for (const fold of drawer.querySelectorAll("[data-drawer-fold]"))
    if (fold.id in (kept.folds ?? {})) fold.open = kept.folds[fold.id];
  drawer.querySelector(".drawer__body").scrollTop = kept.top ?? 0;
}

function mark(drawer) {
  const open = isOpen();
  for (const toggle of document.querySelectorAll("[data-drawer-toggle]"))
    toggle.setAttribute("aria-expanded", String(open));
  drawer.classList.toggle("is-open", open);
}

function show(drawer, open) {
  root.dataset.drawer = open ? "open" : "closed";
  remember("drawer", root.dataset.drawer);
  mark(drawer);
}

function keepPlace(drawer) {
  drawer.addEventListener(
    "scroll",
    (event) => {
      if (event.target.matches(".drawer__body"))
        memory(drawer).keep({ top: event.target.scrollTop });
    },
    { capture: true, passive: true },
  );
  drawer.addEventListener("click", (event) => {
    const fold = event.target.closest("summary")?.parentElement;
    if (!fold?.matches("[data-drawer-fold]")) return;
    const { kept, keep } = memory(drawer);
    keep({ folds: { ...kept.folds, [fold.id]: !fold.open } });
  });
}

export function startDrawer() {
  const drawer = document.getElementById("lab-drawer");
  if (!drawer) return;
  mark(drawer);
  restore(drawer);
  keepPlace(drawer);
  wide.addEventListener("change", () => mark(drawer));
  drawer.addEventListener("htmx:afterSettle", () => restore(drawer));
  onClick("[data-drawer-toggle]", () => show(drawer, !isOpen()));
  onClick("[data-drawer-open]", (link) => {
    const fold = document.querySelector(link.hash);
    if (!fold) return;
    fold.open = true;
    fold.querySelector("summary").focus();
  });
  drawer.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen()) return;
    show(drawer, false);
    drawer.querySelector("[data-drawer-toggle]").focus();
  });
}
