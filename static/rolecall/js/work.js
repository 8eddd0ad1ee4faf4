// Starts what pages to work on do: navigation, search, tables and tags.
import { startColumns } from "./columns.js";
import { startNavigation } from "./navigation.js";
import { startSearch } from "./search.js";
import { startTableHeads } from "./table_heads.js";
import { startTables } from "./tables.js";
import { startTags } from "./tags.js";

startNavigation();
startSearch();
startTables();
startTableHeads();
startColumns();
startTags();
