"""Files that the server sends itself."""

from collections.abc import Iterator
from typing import BinaryIO


class SentFile:
    """An open file as `wsgi.file_wrapper` wraps it; `path` is empty if only Python can read it."""

    def __init__(self, file: BinaryIO, block_size: int = 64 * 1024) -> None:
        self.file, self.block_size = file, max(block_size, 64 * 1024)
        self.path = _path_of(file)

    def __iter__(self) -> Iterator[bytes]:
        while block := self.file.read(self.block_size):
            yield block

    def close(self) -> None:
        if hasattr(self.file, "close"):
            self.file.close()


def _path_of(file: BinaryIO) -> str:
    """Return the path of a file that will be sent from its first byte, or nothing."""
    name = getattr(file, "name", None)
    return name if isinstance(name, str) and name.startswith("/") and file.tell() == 0 else ""
