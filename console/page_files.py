"""What pages load: a file of styles and one of scripts for each part that a page has.

Both are made, and compressed, when static files are collected. In the sources they stay apart: a
page would ask for some 60 files.
"""

import gzip
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile

from console.static_files import WholeFilesStorage


@dataclass(frozen=True)
class PagePart:
    """What a page may have: styles in their order, a later one wins, and the module to begin with.

    A part comes after `PAGE`, and the page of its own head names it (`{% page_part "work" %}`).
    """

    name: str
    styles: tuple[str, ...]
    script: str

    @property
    def bundled_styles(self) -> str:
        return f"rolecall/css/{self.name}.all.css"

    @property
    def bundled_scripts(self) -> str:
        return f"rolecall/js/{self.name}.all.js"

    @property
    def style_files(self) -> list[str]:
        return [f"rolecall/css/{name}.css" for name in self.styles]

    @property
    def script_file(self) -> str:
        return f"rolecall/js/{self.script}.js"


PAGE = PagePart(
    "page",
    (
        *("tokens", "base", "prose", "print", "button", "container", "status", "tiles"),
        *("form", "controls", "menu", "modal", "flash", "frame", "topbar", "start"),
        *("site", "labs", "progress", "classes"),
    ),
    "main",
)
"""What every page has."""
WORK = PagePart(
    "work",
    (
        *("role_color", "table", "table_tools", "policy_text", "wizard", "code", "sidenav"),
        *("help_panel", "api_calls", "tags", "drawing", "timeline", "decision", "author"),
    ),
    "work",
)
"""Navigation, tables, pictures, *Why?*: all pages but those that one comes in by."""
EDITOR = PagePart("editor", ("policy_editor", "picker", "statement_pane"), "editor")
"""The editors of policies, of JSON and YAML."""
DRAWER = PagePart("drawer", ("drawer", "bubble"), "drawer_and_tips")
"""The drawer of a lab, with its tips."""
MATRIX = PagePart("matrix", ("matrix",), "matrix_of_class")
"""The matrix of a class, its projector and its gradebook."""
PARTS = {part.name: part for part in (PAGE, WORK, EDITOR, DRAWER, MATRIX)}

_NOTE = ".collected"
_COMPRESSED = re.compile(
    r"rolecall/.*\.(?:css|js|svg)|django_htmx/.*\.js|"
    r"django_ace/ace/(?:ace|mode-json|mode-yaml|theme-cloud_editor(?:_dark)?)\.js|"
    r"django_ace/ace/css/.*\.css"
)
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";\n', re.MULTILINE)
_AROUND = re.compile(r"""("[^"]*"|'[^']*')|\s*([{};,])\s*""")
"""White space that says nothing in styles, outside of texts."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_EXPORT = re.compile(r"^export ((?:async )?function|const|class) (\w+)", re.MULTILINE)


def _source(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        message = f"The static file {name} is missing."
        raise FileNotFoundError(message)
    return Path(found).read_text(encoding="utf-8")


def bundled_styles(part: PagePart) -> str:
    text = _lean(_COMMENT.sub("", "\n".join(map(_source, part.style_files))))
    return _AROUND.sub(lambda found: found[1] or found[2], text)


def _lean(text: str) -> str:
    """Return a text without indentation, empty lines and lines of comment."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("// "))


def bundled_scripts(part: PagePart) -> str:
    """Return the modules that a part's first one imports, each as a function, after what it needs.

    They may import by name from their own folder, and export functions, classes and constants; no
    text in them goes over several lines. A module that two parts have is there twice: it may keep
    nothing.
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

    write(part.script)
    return _lean("\n".join(written.values()))


def all_bundles() -> dict[str, str]:
    """Return the texts of all parts by the names of their files."""
    styles = {part.bundled_styles: bundled_styles(part) for part in PARTS.values()}
    return styles | {part.bundled_scripts: bundled_scripts(part) for part in PARTS.values()}


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
        bundles = all_bundles()
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
