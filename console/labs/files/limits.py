"""What a file of a lab is, and how much of it there may be where it is written on the site."""

import re
from collections.abc import Iterable, Iterator, Mapping

from console.labs.scenarios.errors import Fault
from console.labs.scenarios.limits import ODD_CHARACTER

_NAME = re.compile(
    r"lab\.yaml|teacher\.md|gates\.json|text/[A-Za-z0-9][A-Za-z0-9._-]*\.md"
    r"|policies/[A-Za-z0-9][A-Za-z0-9._-]*\.json"
)
_LONGEST_NAME = 80
_KB = 1000
LARGEST = {"yaml": 128 * _KB, "md": 12 * _KB, "json": 32 * _KB}
"""In characters, by what a file's name ends with: to check a larger one would take seconds."""
MOST_MARKDOWN = 20 * _KB
"""In characters, of all texts, messages and hints: a page shows them all, and 25 µs go to each."""
MOST_FILES = 100
LARGEST_LAB = 512 * _KB


def is_file_of_a_lab(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and bool(_NAME.fullmatch(name))


def text_fault(text: str) -> str:
    """Return why something is no text that people write; "" for a text."""
    return "is no text: it has characters that nobody types." if ODD_CHARACTER.search(text) else ""


def file_fault(name: str, text: str) -> str:
    """Return why a file cannot be kept on the site, as a sentence; "" if it can."""
    if not is_file_of_a_lab(name):
        return (
            f"A lab has lab.yaml, teacher.md, text/….md and policies/….json, and no {name[:100]}."
        )
    most = LARGEST[name.rpartition(".")[2]]
    if len(text) > most:
        return f"{name} is longer than {most // _KB} kB."
    fault = text_fault(text)
    return f"{name} {fault}" if fault else ""


def markdown_faults(texts: Iterable[str]) -> Iterator[Fault]:
    """Find more Markdown than a page can show at once."""
    if sum(map(len, texts)) > MOST_MARKDOWN:
        most = MOST_MARKDOWN // _KB
        yield Fault(f"Texts, messages and hints are longer than {most} kB together.")


def size_faults(files: Mapping[str, str]) -> Iterator[Fault]:
    """Find files that cannot be kept on the site, and too many of them."""
    if len(files) > MOST_FILES:
        yield Fault(f"There are more than {MOST_FILES} files.")
    for name, text in files.items():
        fault = file_fault(name, text)
        if fault:
            yield Fault(fault)
    if sum(map(len, files.values())) > LARGEST_LAB:
        yield Fault(f"The files are longer than {LARGEST_LAB // _KB} kB together.")
    yield from markdown_faults(text for name, text in files.items() if name.endswith(".md"))
