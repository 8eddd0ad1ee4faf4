"""A class in a file, for another site: exported, imported, compared; see ../README.md."""

from console.classes.transfer.archive import ClassFile, TransferRefused, read_class, write_class
from console.classes.transfer.arrivals import remove_abandoned
from console.classes.transfer.document import document_of
from console.classes.transfer.importing import ImportedClass, import_class, import_rows
from console.classes.transfer.sending import parts_of_file
from console.classes.transfer.worlds import (
    exported_worlds,
    import_worlds,
    judge_worlds,
    may_send_worlds,
)

__all__ = [
    "ClassFile",
    "ImportedClass",
    "TransferRefused",
    "document_of",
    "exported_worlds",
    "import_class",
    "import_rows",
    "import_worlds",
    "judge_worlds",
    "may_send_worlds",
    "parts_of_file",
    "read_class",
    "remove_abandoned",
    "write_class",
]
