// The search field of the top bar: Alt+S, services and pages at once, resources from the server.
const MOST = 8;

function candidates() {
  const links = [...document.querySelectorAll("[data-service]")].map((link) => ({
    group: link.dataset.service,
    label: link.querySelector("strong").textContent,
    note: link.querySelector(".menu__note")?.textContent ?? "",
    url: link.getAttribute("href"),
  }));
  const navigation = [...document.querySelectorAll("#sidenav li > a[href]")].map((link) => ({
    group: "Pages",
    label: link.textContent.trim(),
    note: document.querySelector(".sidenav__title").textContent,
    url: link.getAttribute("href"),
  }));
  const seen = new Set(links.map((link) => link.url));
  return [...links, ...navigation.filter((link) => !seen.has(link.url))];
}

function listed(found) {
  const parts = [];
  for (const group of ["Services", "Pages"]) {
    const mine = found.filter((each) => each.group === group).slice(0, MOST);
    if (!mine.length) continue;
    const heading = document.createElement("h3");
    heading.textContent = group;
    parts.push(heading);
    for (const each of mine) {
      const link = document.createElement("a");
      link.className = "menu__item";
      link.href = each.url;
      const note = document.createElement("span");
      note.className = "menu__note";
      note.textContent = each.note;
      link.append(each.label, " ", note);
      parts.push(link);
    }
  }
  return parts;
}

async function fromServer(input, panel, wanted) {
  const url = new URL(input.dataset.searchUrl, window.location.href);
  url.searchParams.set("q", wanted);
  const answer = await fetch(url, {
    headers: { "HX-Request": "true", "HX-Target": "search-results" },
    credentials: "same-origin",
  });
  if (!answer.ok || input.value.trim() !== wanted) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.querySelectorAll("[data-search-result]");
  panel.querySelector("[data-none]")?.toggleAttribute("hidden", found.length > 0);
  panel.append(...found);
}

export function startSearch() {
  const input = document.querySelector("[data-search-input]");
  const panel = document.querySelector("[data-search-results]");
  if (!input || !panel) return;
  let waiting = 0;

  const show = () => {
    const wanted = input.value.trim();
    const folded = wanted.toLowerCase();
    const found = candidates().filter((each) =>
      `${each.label} ${each.note}`.toLowerCase().includes(folded),
    );
    panel.replaceChildren(
      ...listed(wanted ? found : found.filter((each) => each.group === "Services")),
    );
    if (!panel.children.length) {
      const none = document.createElement("p");
      none.dataset.none = "";
      none.textContent = "No matches";
      panel.append(none);
    }
    if (!panel.matches(":popover-open")) panel.showPopover();
    const box = input.getBoundingClientRect();
    panel.style.left = `${Math.max(0, Math.min(box.left, window.innerWidth - panel.offsetWidth))}px`;
    clearTimeout(waiting);
    if (wanted && input.dataset.searchUrl)
      waiting = setTimeout(() => fromServer(input, panel, wanted).catch(() => {}), 200);
  };
  const hide = () => {
    if (panel.matches(":popover-open")) panel.hidePopover();
  };

  document.addEventListener("keydown", (event) => {
    if (event.altKey && !event.ctrlKey && event.code === "KeyS") {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
  input.addEventListener("focus", show);
  input.addEventListener("input", show);
  input.form.addEventListener("keydown", (event) => {
    const links = [...panel.querySelectorAll("a")];
    const here = links.indexOf(document.activeElement);
    if (event.key === "Escape") {
      hide();
      input.focus();
      hide();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = here + (event.key === "ArrowDown" ? 1 : -1);
      (next < 0 ? input : links[Math.min(next, links.length - 1)])?.focus();
    } else if (event.key === "Enter" && event.target === input && !input.dataset.searchUrl) {
      event.preventDefault();
      links[0]?.click();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!input.form.contains(event.target)) hide();
  });
  input.form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !input.form.contains(event.relatedTarget)) hide();
  });
}
