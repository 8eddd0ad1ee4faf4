"""A sandbox's rows, copied as they are; see README.md."""

from console.labs.rows.copies import as_in_copy, copy_with_ids, copy_world
from console.labs.rows.restoration import restore
from console.labs.rows.snapshots import Snapshot, snapshot
from console.labs.rows.tables import empty, remove
from console.labs.rows.undo import newest_step, undo

__all__ = [
    "Snapshot",
    "as_in_copy",
    "copy_with_ids",
    "copy_world",
    "empty",
    "newest_step",
    "remove",
    "restore",
    "snapshot",
    "undo",
]
