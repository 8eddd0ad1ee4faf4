// The polls of parts that may have news: while the page is looked at, and when something was done.
const EVERY = 5000;

function poll() {
  if (document.visibilityState === "visible") window.htmx.trigger(document.body, "rolecall:poll");
}

export function startPolls() {
  if (!document.querySelector("[hx-trigger*='rolecall:poll']")) return;
  setInterval(poll, EVERY);
  document.addEventListener("visibilitychange", poll);
  document.body.addEventListener("rolecall:progress", poll);
}
