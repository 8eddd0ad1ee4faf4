// Tabs: on a narrow screen the row scrolls, and the tab one is on must be in view.
import { forEach } from "./dom.js";

export function startTabs() {
  forEach(".tabs__link[aria-current]", (link) => {
    const row = link.closest(".tabs");
    const [tab, box] = [link.getBoundingClientRect(), row.getBoundingClientRect()];
    row.scrollLeft += tab.left + tab.width / 2 - (box.left + box.width / 2);
  });
}
