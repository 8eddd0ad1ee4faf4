"""The styles of every page in one file, and their scripts in another.

Both are made, and compressed, when static files are collected. In the sources their parts stay
apart: a page would ask for some 60 files.
"""

import gzip
import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile

from console.static_files import WholeFilesStorage

STYLES = (
    *("tokens", "base", "prose", "print", "role_color", "button", "container", "status", "tiles"),
    *("form", "controls"),
    *("table", "table_tools", "policy_text", "menu", "modal", "flash", "wizard", "code", "frame"),
    *("topbar", "sidenav", "help_panel", "api_calls", "tags", "start", "drawing", "timeline"),
    *("decision", "site", "labs", "progress"),
    *("classes", "matrix", "author", "drawer", "bubble"),
)
"""The styles of every page, in their order: a later one wins."""

BUNDLED_STYLES, BUNDLED_SCRIPTS = "rolecall/css/all.css", "rolecall/js/all.js"
_FIRST_SCRIPT, _NOTE = "main", ".collected"
_COMPRESSED = re.compile(
    r"rolecall/.*\.(?:css|js|svg)|django_htmx/.*\.js|"
    r"django_ace/ace/(?:ace|mode-json|mode-yaml|theme-cloud_editor(?:_dark)?)\.js|"
    r"django_ace/ace/css/.*\.css"
)
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";\n', re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_EXPORT = re.compile(r"^export ((?:async )?function|const|class) (\w+)", re.MULTILINE)


def style_names() -> list[str]:
    return [f"rolecall/css/{name}.css" for name in STYLES]


def _source(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        message = f"The static file {name} is missing."
        raise FileNotFoundError(message)
    return Path(found).read_text(encoding="utf-8")


def bundled_styles() -> str:
    return _lean(_COMMENT.sub("", "\n".join(map(_source, style_names()))))


def _lean(text: str) -> str:
    """Return a text without indentation, empty lines and lines of comment."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("// "))


def bundled_scripts() -> str:
    """Return the modules that a page's first one imports, each as a function, after what it needs.

    They may import by name from their own folder, and export functions, classes and constants; no
    text in them goes over several lines.
    """
    written: dict[str, str] = {}

    def write(module: str) -> None:
        if module in written:
            return
        text = _source(f"rolecall/js/{module}.js")
        for _, imported in _IMPORT.findall(text):
            write(imported)
        names = ", ".join(name for _, name in _EXPORT.findall(text))
        body = _IMPORT.sub(r"const \1 = of_\2;\n", text)
        body = _EXPORT.sub(r"\1 \2", body)
        written[module] = f"const of_{module} = (() => {{\n{body}\nreturn {{ {names} }};\n}})();\n"

    write(_FIRST_SCRIPT)
    return _lean("\n".join(written.values()))


def _state() -> str:
    """Return what tells these files from others: their names, sizes and times."""
    found = hashlib.sha256(Path(__file__).read_bytes())
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            at = Path(storage.path(name)).stat()
            found.update(f"{name} {at.st_size} {at.st_mtime_ns}\n".encode())
    return found.hexdigest()


def are_collected() -> bool:
    """Return whether just these files were collected before, to the end."""
    note = Path(settings.STATIC_ROOT) / _NOTE
    return note.exists() and note.read_text(encoding="utf-8") == _state()


class CollectedStorage(WholeFilesStorage):
    """Files under names that change with their content, bundled and compressed."""

    def post_process(
        self, paths: Mapping[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        """Write the bundles, then name all files; compress those that browsers ask for."""
        if dry_run:
            return
        bundles = {BUNDLED_STYLES: bundled_styles(), BUNDLED_SCRIPTS: bundled_scripts()}
        for name, text in bundles.items():
            self.delete(name)
            self.save(name, ContentFile(text.encode()))
        everything = {**paths, **{name: (self, name) for name in bundles}}
        yield from super().post_process(everything, dry_run, **options)
        for name, hashed in self.hashed_files.items():
            if _COMPRESSED.fullmatch(name):
                self._compress(hashed)
        self._save(_NOTE, ContentFile(_state().encode()))

    def _compress(self, name: str) -> None:
        packed = gzip.compress(Path(self.path(name)).read_bytes(), compresslevel=9, mtime=0)
        self._save(f"{name}.gz", ContentFile(packed))
