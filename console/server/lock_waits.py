"""How long a page or a call waits for another's lock: its worker answers nobody meanwhile.

After that it is a 503 (`console.outages`), which AWS's clients try again by themselves. Jobs and
commands wait as long as the settings say: they keep nobody waiting.
"""

from typing import Any

from django.db import connections

SECONDS = 5


def wait_shortly() -> None:
    """Let connections of this process wait no longer, from the next one that is made."""
    shorten(connections.settings["default"])


def shorten(database: dict[str, Any]) -> None:
    """Change the settings of a database, of SQLite or PostgreSQL."""
    options = database.setdefault("OPTIONS", {})
    if database["ENGINE"].endswith("postgresql"):
        given = options.get("options", "")
        options["options"] = f"{given} -c lock_timeout={SECONDS}s".strip()
    else:
        options["timeout"] = SECONDS
