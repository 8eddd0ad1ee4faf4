"""The whole site in a file, and back again; see README.md."""

from console.backups.archive import Backup, checked, open_backup
from console.backups.making import back_up
from console.backups.manifest import BackupRefused, Manifest
from console.backups.restoration import is_empty, restore

__all__ = [
    "Backup",
    "BackupRefused",
    "Manifest",
    "back_up",
    "checked",
    "is_empty",
    "open_backup",
    "restore",
]
