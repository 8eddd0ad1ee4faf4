// Starts every behaviour once, and again for what htmx brings.
import { startActionBoxes } from "./action_boxes.js";
import { startActionFilter } from "./action_filter.js";
import { startArnDialog } from "./arn_dialog.js";
import { startBubbles } from "./bubbles.js";
import { startClipboard } from "./clipboard.js";
import { startCodeEditors } from "./code_editor.js";
import { startColumns } from "./columns.js";
import { startCountdowns } from "./countdown.js";
import { startDisplay } from "./display.js";
import { startDrawer } from "./drawer.js";
import { startForms } from "./forms.js";
import { startHelp } from "./help.js";
import { startMatrix } from "./matrix.js";
import { startMenus } from "./menus.js";
import { startModals } from "./modals.js";
import { startNavigation } from "./navigation.js";
import { startPolicyEditor } from "./policy_editor.js";
import { startSearch } from "./search.js";
import { startServicePicker } from "./service_picker.js";
import { startStatementPane } from "./statement_pane.js";
import { startTableHeads } from "./table_heads.js";
import { startTables } from "./tables.js";
import { startTabs } from "./tabs.js";
import { startTags } from "./tags.js";
import { startTimes } from "./times.js";
import { startWaitingClicks } from "./waiting_clicks.js";

const starters = [
  startClipboard,
  startDisplay,
  startMenus,
  startModals,
  startNavigation,
  startHelp,
  startDrawer,
  startBubbles,
  startSearch,
  startTables,
  startTableHeads,
  startColumns,
  startForms,
  startCodeEditors,
  startTabs,
  startTags,
  startCountdowns,
  startTimes,
  startArnDialog,
  startActionBoxes,
  startActionFilter,
  startServicePicker,
  startPolicyEditor,
  startStatementPane,
  startMatrix,
  startWaitingClicks,
];
for (const start of starters) start();

// A page that answers with an error is shown as a page, not swallowed.
document.body.addEventListener("htmx:responseError", (event) => {
  const { requestConfig } = event.detail;
  if (requestConfig.verb === "get") window.location.assign(requestConfig.path);
});
