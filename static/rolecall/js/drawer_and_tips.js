// Starts the drawer of a lab, and its tips.
import { startBubbles } from "./bubbles.js";
import { startDrawer } from "./drawer.js";

startDrawer();
startBubbles();
