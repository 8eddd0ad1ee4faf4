// Visual mode and density, kept in cookies that the server reads.
import { remember } from "./dom.js";

export function startDisplay() {
  const root = document.documentElement;
  for (const radio of document.querySelectorAll("[data-display]")) {
    radio.checked = (root.dataset[radio.dataset.display] ?? "") === radio.value;
    radio.addEventListener("change", () => {
      const name = radio.dataset.display;
      if (radio.value) root.dataset[name] = radio.value;
      else delete root.dataset[name];
      remember(name, radio.value);
      document.dispatchEvent(new CustomEvent("rolecall:display"));
    });
  }
}
