// Starts the editors of policies, of JSON and YAML.
import { startActionBoxes } from "./action_boxes.js";
import { startActionFilter } from "./action_filter.js";
import { startArnDialog } from "./arn_dialog.js";
import { startCodeEditors } from "./code_editor.js";
import { startPolicyEditor } from "./policy_editor.js";
import { startServicePicker } from "./service_picker.js";
import { startStatementPane } from "./statement_pane.js";

startCodeEditors();
startArnDialog();
startActionBoxes();
startActionFilter();
startServicePicker();
startPolicyEditor();
startStatementPane();
