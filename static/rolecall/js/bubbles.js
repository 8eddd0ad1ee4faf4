// Tutorial bubbles: they point at a control of the page by its label, and move on by themselves.
import { findControl } from "./controls.js";
import { onClick } from "./dom.js";

const GAP = 10;
const EDGE = 8;
const TYPED = "select, textarea, input:not([type='radio'], [type='checkbox'], [type='submit'])";
let bubble = null;
let pointed = null;
let shownPath = null;

const path = () => window.location.pathname.replace(/^\/c\/[a-z0-9]{8}(?=\/)/, "");

// A * stands for one part of a path; a slash at the end does not count.
function matches(pattern) {
  const trimmed = (text) => text.replace(/\/+$/, "") || "/";
  const wanted = trimmed(pattern).split("/");
  const given = trimmed(path()).split("/");
  return (
    wanted.length === given.length &&
    wanted.every((part, place) => part === "*" || part === given[place])
  );
}

function memory() {
  const drawer = document.getElementById("lab-drawer");
  const key = `rolecall-tips-${drawer.dataset.drawerOf}`;
  const kept = { done: [], off: false, ...JSON.parse(localStorage.getItem(key) ?? "{}") };
  return { kept, keep: (more) => localStorage.setItem(key, JSON.stringify({ ...kept, ...more })) };
}

const tips = () => [...document.querySelectorAll("[data-bubble]")];

function finish(tip) {
  const all = tips().map((one) => one.dataset.bubble);
  const { kept, keep } = memory();
  const passed = all.slice(0, all.indexOf(tip.dataset.bubble) + 1);
  keep({ done: [...new Set([...kept.done, ...passed])] });
}

const leadsHere = (tip) => Boolean(tip.dataset.untilPage && matches(tip.dataset.untilPage));

// A page counts for the tips that are due when it opens. One that comes due later, on the very page
// it leads to, is kept: who has gone on from there may need it to come back.
const isReached = (tip, opened) => "done" in tip.dataset || (opened && leadsHere(tip));

// What is shown now: the first tip of this page that is not done and whose control is there.
function currentTip() {
  const opened = path() !== shownPath;
  shownPath = path();
  const reached = tips()
    .filter((tip) => isReached(tip, opened))
    .pop();
  if (reached) finish(reached);
  const { kept } = memory();
  if (kept.off) return {};
  const open = tips().filter((tip) => !kept.done.includes(tip.dataset.bubble));
  for (const tip of open.filter((one) => matches(one.dataset.page) && !leadsHere(one))) {
    const control = findControl(tip.dataset.control, tip.dataset.label);
    if (control) return { tip, control };
  }
  return {};
}

function button(text, name) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--link";
  made.dataset[name] = "";
  made.textContent = text;
  return made;
}

function makeBubble() {
  const made = document.createElement("div");
  made.id = "lab-bubble";
  made.className = "bubble";
  made.popover = "manual";
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", "Tip");
  const text = document.createElement("p");
  text.id = "lab-bubble-text";
  const actions = document.createElement("div");
  actions.className = "bubble__actions";
  actions.append(button("Got it", "bubbleDone"), button("No more tips", "bubbleOff"));
  made.append(text, actions);
  document.body.append(made);
  return made;
}

function place() {
  if (!pointed || !bubble) return;
  const box = pointed.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = bubble;
  const below = box.bottom + GAP;
  const above = box.top - GAP - height;
  const over = below + height > window.innerHeight - EDGE && above > EDGE;
  const clamp = (value, most) => Math.max(EDGE, Math.min(value, most - EDGE));
  bubble.style.left = `${clamp(box.left, window.innerWidth - width)}px`;
  bubble.style.top = `${clamp(over ? above : below, window.innerHeight - height)}px`;
  bubble.classList.toggle("bubble--over", over);
}

function hide() {
  pointed?.removeAttribute("aria-describedby");
  pointed?.classList.remove("is-pointed-at");
  pointed = null;
  if (bubble?.matches(":popover-open")) bubble.hidePopover();
}

function announce(text) {
  const news = document.getElementById("lab-tip");
  if (news && news.textContent !== text) news.textContent = text;
}

function show() {
  const { tip, control } = currentTip();
  if (!tip) {
    hide();
    return;
  }
  bubble ??= makeBubble();
  if (pointed !== control) hide();
  pointed = control;
  bubble.dataset.tip = tip.dataset.bubble;
  document.getElementById("lab-bubble-text").textContent = tip.textContent.trim();
  control.setAttribute("aria-describedby", "lab-bubble-text");
  control.classList.add("is-pointed-at");
  if (!bubble.matches(":popover-open")) bubble.showPopover();
  place();
  announce(`Tip: ${tip.textContent.trim()}`);
}

function moveOn() {
  const tip = tips().find((one) => one.dataset.bubble === bubble.dataset.tip);
  if (tip) finish(tip);
  show();
}

function isOfPointed(target) {
  return (
    pointed &&
    (pointed.contains(target) || [...(pointed.labels ?? [])].some((one) => one.contains(target)))
  );
}

// A field is used when something is typed or chosen in it: a click only brings the cursor there.
const isTyped = (control) => Boolean(control?.matches(TYPED));

function moveOnAfter(event) {
  const tip = tips().find((one) => one.dataset.bubble === bubble?.dataset.tip);
  if (tip && "untilClicked" in tip.dataset && isOfPointed(event.target)) moveOn();
}

export function startBubbles() {
  if (!document.getElementById("lab-drawer")) return;
  show();
  onClick("[data-bubble-done]", moveOn);
  onClick("[data-bubble-off]", () => {
    memory().keep({ off: true });
    hide();
  });
  onClick("[data-bubbles-again]", () => {
    memory().keep({ done: [], off: false });
    show();
  });
  document.addEventListener("click", (event) => isTyped(pointed) || moveOnAfter(event), true);
  document.addEventListener("input", (event) => isTyped(pointed) && moveOnAfter(event), true);
  document.addEventListener("keydown", (event) => {
    const near = bubble?.contains(event.target) || event.target === pointed;
    if (event.key === "Escape" && near && bubble.matches(":popover-open")) moveOn();
  });
  document.addEventListener("change", () => requestAnimationFrame(show));
  document.addEventListener("htmx:afterSettle", show);
  document.addEventListener("toggle", (event) => event.target !== bubble && show(), true);
  document.addEventListener("scroll", place, { capture: true, passive: true });
  window.addEventListener("resize", place);
}
