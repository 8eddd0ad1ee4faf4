// Menus are popovers of HTML; this adds arrow keys, and places where CSS anchors are unknown.
const ITEMS = "a[href]:not([aria-disabled='true']), button:not(:disabled), input";
const ANCHORS = CSS.supports("position-area: block-end span-inline-start");

const opener = (menu) => document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
const itemsOf = (menu) =>
  [...menu.querySelectorAll(ITEMS)].filter(
    (item) => item.offsetParent !== null || item.getClientRects().length,
  );

function place(menu) {
  const button = opener(menu);
  if (!button || ANCHORS || !menu.classList.contains("menu--anchored")) return;
  const box = button.getBoundingClientRect();
  menu.style.minWidth = `${box.width}px`;
  const left = menu.classList.contains("menu--start") ? box.left : box.right - menu.offsetWidth;
  menu.style.left = `${Math.max(8, Math.min(left, window.innerWidth - menu.offsetWidth - 8))}px`;
  const below = box.bottom + 2;
  const fits = below + menu.offsetHeight < window.innerHeight;
  menu.style.top = `${fits ? below : Math.max(8, box.top - menu.offsetHeight - 2)}px`;
}

function move(menu, step) {
  const items = itemsOf(menu);
  if (!items.length) return;
  const here = items.indexOf(document.activeElement);
  const next =
    step === "first"
      ? 0
      : step === "last"
        ? items.length - 1
        : (here + step + items.length) % items.length;
  items[next].focus();
}

// A menu that was opened before htmx had read the page gets what it asks for when it opens, too.
function onLoad(event) {
  for (const menu of event.detail.elt.querySelectorAll("[data-menu]:popover-open"))
    window.htmx.trigger(menu, "toggle");
}

export function startMenus() {
  document.addEventListener("htmx:load", onLoad);
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.matches?.("[data-menu]") && event.newState === "open") place(event.target);
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    const button = event.target.closest?.("[popovertarget]");
    const menu = event.target.closest?.("[data-menu]:popover-open");
    if (button && event.key === "ArrowDown") {
      const target = document.getElementById(button.getAttribute("popovertarget"));
      if (!target?.matches("[data-menu]")) return;
      event.preventDefault();
      if (!target.matches(":popover-open")) target.showPopover({ source: button });
      move(target, "first");
    } else if (menu && !event.target.matches("input")) {
      const steps = { ArrowDown: 1, ArrowUp: -1, Home: "first", End: "last" };
      if (event.key in steps) {
        event.preventDefault();
        move(menu, steps[event.key]);
      }
    }
  });
}
