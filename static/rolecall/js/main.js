// Starts what every page does, once; and again for what htmx brings.
import { startClipboard } from "./clipboard.js";
import { startCountdowns } from "./countdown.js";
import { startDisplay } from "./display.js";
import { startForms } from "./forms.js";
import { startHelp } from "./help.js";
import { startMenus } from "./menus.js";
import { startModals } from "./modals.js";
import { startPolls } from "./polls.js";
import { startTabs } from "./tabs.js";
import { startTimes } from "./times.js";
import { startWaitingClicks } from "./waiting_clicks.js";

const starters = [
  startClipboard,
  startDisplay,
  startMenus,
  startModals,
  startPolls,
  startHelp,
  startForms,
  startTabs,
  startCountdowns,
  startTimes,
  startWaitingClicks,
];
for (const start of starters) start();

// A page that answers with an error is shown as a page, not swallowed.
document.body.addEventListener("htmx:responseError", (event) => {
  const { requestConfig } = event.detail;
  if (requestConfig.verb === "get") window.location.assign(requestConfig.path);
});
