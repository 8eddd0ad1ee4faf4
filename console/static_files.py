"""Static files as they are collected: each is written whole, or not at all."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import File


class WholeFilesStorage(ManifestStaticFilesStorage):
    """Django's, that a full disk leaves no half of a file in."""

    def _save(self, name: str, content: File[Any]) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = NamedTemporaryFile(dir=path.parent, delete=False)  # noqa: SIM115, closed below
        try:
            with draft:
                for part in content.chunks():
                    draft.write(part if isinstance(part, bytes) else part.encode())
            Path(draft.name).chmod(0o644)
            Path(draft.name).replace(path)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
        return name
