"""A sandbox's rows, copied as they are; see README.md."""

from console.labs.rows.copies import copy_with_ids, copy_world
from console.labs.rows.restoration import restore
from console.labs.rows.snapshots import Snapshot, snapshot

__all__ = ["Snapshot", "copy_with_ids", "copy_world", "restore", "snapshot"]
