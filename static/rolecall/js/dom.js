// Shared by the modules: delegation, and running something for present and coming elements.
export function onClick(selector, act) {
  document.addEventListener("click", (event) => {
    const found = event.target.closest?.(selector);
    if (found) act(found, event);
  });
}

export function forEach(selector, act) {
  const run = (root) => {
    if (root.matches?.(selector)) act(root);
    for (const found of root.querySelectorAll(selector)) act(found);
  };
  run(document);
  document.addEventListener("htmx:load", (event) => run(event.detail.elt));
}

// Runs for all that is on the page, now and each time that htmx has changed it.
export function onSettle(selector, act) {
  const run = () => {
    for (const found of document.querySelectorAll(selector)) act(found);
  };
  run();
  document.addEventListener("htmx:afterSettle", run);
}

export function remember(name, value) {
  const age = value ? 31536000 : 0;
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store.
  document.cookie = `rolecall_${name}=${value}; path=/; max-age=${age}; samesite=lax`;
}
