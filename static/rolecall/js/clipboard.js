// Copy buttons that say "Copied".
import { onClick } from "./dom.js";

async function write(text) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (!copied) throw new Error("not copied");
}

export function startClipboard() {
  onClick("[data-copy]", async (button, event) => {
    event.preventDefault();
    const said = button.parentElement.querySelector(".copy__done");
    try {
      await write(button.dataset.copy);
      if (said) said.textContent = "Copied";
    } catch {
      if (said) said.textContent = "Could not copy";
    }
    button.focus();
    setTimeout(() => {
      if (said) said.textContent = "";
    }, 2000);
  });
}
