"""A lab's folder read and checked: every fault with its line and column, all at once."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from console.labs.files.declarations import lab_file_of
from console.labs.files.lab_file import LabFile
from console.labs.files.limits import markdown_faults
from console.labs.files.names import unknown_names
from console.labs.files.references import broken_references
from console.labs.files.variables import fresh_values
from console.labs.scenarios.account_ids import everywhere, filling_names
from console.labs.scenarios.errors import Fault, ScenarioError
from console.labs.scenarios.limits import MOST_PARTS
from console.labs.scenarios.reader import scenario_faults, schema_faults
from console.labs.scenarios.validators import validator_of
from console.labs.scenarios.yaml_text import YamlText, data_of
from iam.policy_documents import syntax_sentence

Data = dict[str, Any]

LAB = "lab.yaml"
REPORT = "gates.json"
"""What `lab lint --long` writes: no part of the lab, nor of its hash."""
_SCHEMA = Path(__file__).parent / "schema.json"
_MOST_FAULTS = 50
_TODO = re.compile(r"\bTODO\b:?\s*([^\"\n]*)")


class LabError(ValueError):
    """A lab that cannot be used; `faults` are all that was found."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


def _files(folder: Path) -> dict[str, str]:
    """Return the lab's files by their path in the folder, as text."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and path.suffix in {".yaml", ".md", ".json"} and name != REPORT:
            found[name] = path.read_text(encoding="utf-8")
    return found


def _with_files(value: Any, files: Mapping[str, str], missing: list[str]) -> Any:
    """Return data in which `{file: policies/x.json}` is the text of that file."""
    if isinstance(value, dict):
        if set(value) == {"file"} and isinstance(value["file"], str):
            if value["file"] not in files:
                missing.append(value["file"])
            return files.get(value["file"], "{}")
        return {key: _with_files(inner, files, missing) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_files(inner, files, missing) for inner in value]
    return value


def _parts(value: Any) -> int:
    """Return how many things a part of a world describes."""
    if isinstance(value, dict):
        return 1 + sum(map(_parts, value.values()))
    return sum(map(_parts, value)) if isinstance(value, list) else 0


def _world_faults(data: Data, source: YamlText) -> Iterator[Fault]:
    """Find what the scenario format refuses in the world, its variables filled in."""
    if _parts(data["world"]) > MOST_PARTS:
        message = f"The world has more than {MOST_PARTS} parts: students would wait for it."
        yield source.fault(message, ["world"])
        return
    values = fresh_values(data.get("vars", {}), "lint")
    fill = filling_names(values) if values else str
    world = everywhere(data["world"], fill)
    yield from scenario_faults({"schema": 1, "world": world}, source)


def _documents(files: Mapping[str, str]) -> Iterator[Fault]:
    """Find documents that are no JSON, each at its line."""
    for name, text in files.items():
        if name.endswith(".json"):
            try:
                json.loads(text)
            except json.JSONDecodeError as error:
                yield Fault(f"Not JSON: {syntax_sentence(error)}.", name, error.lineno, error.colno)
            except (RecursionError, ValueError):
                yield Fault("Not JSON that can be read.", name)


def digest_of(files: Mapping[str, str]) -> str:
    """Return what names the state of a lab's files: another one with any change of them."""
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()


def _todos(files: Mapping[str, str]) -> Iterator[Fault]:
    """Find each TODO that an author left, with what it asks for."""
    for name, text in files.items():
        for number, line in enumerate(text.split("\n"), start=1):
            for found in _TODO.finditer(line):
                what = f"still to do: {found[1].strip()}"
                yield Fault(what.rstrip(" :"), name, number, found.start() + 1)


def _markdown(data: Data, files: Mapping[str, str]) -> Iterator[str]:
    """Yield all that pages draw as Markdown."""
    yield from (text for name, text in files.items() if name.endswith(".md"))
    yield from data.get("messages", {}).values()
    yield from (hint["text"] for hints in data.get("hints", {}).values() for hint in hints)


def _is_vouched_for(folder: Path, digest: str) -> bool:
    """Return whether the folder's report is about files of this digest, and has no fault."""
    try:
        report = json.loads((folder / REPORT).read_text(encoding="utf-8"))
        return bool(report["hash"] == digest and report["faults"] == [])
    except (OSError, ValueError, LookupError, TypeError):
        return False


def read_known_lab(folder: Path) -> LabFile:
    """Return a lab; where its report fits its files, without looking for faults again.

    That takes a quarter of the time, and every process of the site reads the whole library.
    """
    files = _files(folder)
    digest = digest_of(files)
    if not _is_vouched_for(folder, digest):
        return lab_of_files(folder.name, files)
    return _lab(folder.name, _with_files(data_of(files[LAB]), files, []), files, digest)


def read_lab(folder: Path) -> LabFile:
    """Return a lab; raises LabError with every fault that its files have."""
    return lab_of_files(folder.name, _files(folder))


def _some(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield no more faults than are shown: each looks its place up in the whole file."""
    return islice(faults, _MOST_FAULTS)


def lab_of_files(slug: str, files: Mapping[str, str]) -> LabFile:
    """Return the lab of files by their path in its folder; raises LabError."""
    if LAB not in files:
        raise LabError(Fault(f"There is no {LAB} in {slug}."))
    try:
        source = YamlText(files[LAB])
    except ScenarioError as error:
        raise LabError(*error.faults) from error
    faults = list(schema_faults(validator_of(_SCHEMA), source))
    if faults:
        raise LabError(*faults)
    missing: list[str] = []
    data = _with_files(source.data, files, missing)
    faults = [Fault(f"There is no file {name}.") for name in missing]
    faults += _some(broken_references(data, files, source))
    faults += _some(_world_faults(data, source))
    if not faults:
        faults += _some(unknown_names(data, files, source))
    faults += _some(_documents(files))
    faults += _some(_todos(files))
    faults += markdown_faults(_markdown(data, files))
    if faults:
        raise LabError(*faults[:_MOST_FAULTS])
    return _lab(slug, data, files, digest_of(files))


def _lab(slug: str, data: Data, files: Mapping[str, str], digest: str) -> LabFile:
    texts = {path: text for path, text in files.items() if path.endswith(".md")}
    return replace(lab_file_of(slug, data, texts, digest), files=files)
