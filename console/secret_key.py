"""The site's secret key, made on first run and kept."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.management.utils import get_random_secret_key

_SHORTEST = 32


def kept_secret_key(path: Path) -> str:
    """The key in the file, which is made, readable by its owner alone, where there is none."""
    if not path.exists():
        _make(path)
    key = path.read_text(encoding="ascii").strip()
    if len(key) < _SHORTEST:
        message = f"it has {len(key)} characters. Bring the key back; without it secrets are lost."
        raise ValueError(message)
    return key


def _make(path: Path) -> None:
    with NamedTemporaryFile("w", encoding="ascii", dir=path.parent) as draft:
        draft.write(get_random_secret_key())
        draft.flush()
        try:
            # Atomic, and the first of two processes wins.
            os.link(draft.name, path)
        except FileExistsError:
            return
