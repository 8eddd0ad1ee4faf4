// A form's click that waits for an answer: a part of the form that asks meanwhile does not take its place.

export function startWaitingClicks() {
  const waiting = new WeakSet();
  // htmx's queue keeps the last request only; the click sends the whole form, so the part's says nothing more.
  document.addEventListener("htmx:confirm", (event) => {
    const { elt } = event.detail;
    if (elt.matches("form")) {
      waiting.add(elt);
      return;
    }
    const sync = elt.closest("[hx-sync]")?.getAttribute("hx-sync") ?? "";
    if (sync.startsWith("closest form") && waiting.has(elt.closest("form"))) event.preventDefault();
  });
  document.addEventListener("htmx:configRequest", ({ detail }) => waiting.delete(detail.elt));
}
