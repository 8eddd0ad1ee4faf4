"""Each write of an attempt as a step that can be undone; see README.md of rows."""

from console.labs.rows.undo.reversal import undo
from console.labs.rows.undo.steps import MOST_STEPS, newest_step

__all__ = ["MOST_STEPS", "newest_step", "undo"]
