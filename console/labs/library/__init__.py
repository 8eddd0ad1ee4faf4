"""The labs that come with Rolecall: one folder each."""

from pathlib import Path

LIBRARY = Path(__file__).parent


def slugs() -> list[str]:
    """Return the names of the labs' folders."""
    return sorted(path.parent.name for path in LIBRARY.glob("*/lab.yaml"))
