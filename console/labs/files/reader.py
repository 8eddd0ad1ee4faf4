"""A lab's folder read and checked: every fault with its line and column, all at once."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from console.labs.files.declarations import lab_file_of
from console.labs.files.lab_file import LabFile
from console.labs.files.names import unknown_names
from console.labs.files.references import broken_references
from console.labs.files.todos import todos
from console.labs.files.variables import fresh_values
from console.labs.scenarios.account_ids import everywhere, filling_names
from console.labs.scenarios.errors import Fault, ScenarioError
from console.labs.scenarios.reader import scenario_faults, schema_faults
from console.labs.scenarios.yaml_text import YamlText

Data = dict[str, Any]

LAB = "lab.yaml"
REPORT = "gates.json"
"""What `lab lint --long` writes: no part of the lab, nor of its hash."""
_SCHEMA = Path(__file__).parent / "schema.json"
_MOST_FAULTS = 50


class LabError(ValueError):
    """A lab that cannot be used; `faults` are all that was found."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")))


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


def _world_faults(data: Data, source: YamlText) -> Iterator[Fault]:
    """Find what the scenario format refuses in the world, its variables filled in."""
    values = fresh_values(data.get("vars", {}), "lint")
    fill = filling_names(values) if values else str
    world = everywhere(data["world"], fill)
    yield from scenario_faults({"schema": 1, "world": world}, source)


def read_lab(folder: Path) -> LabFile:
    """Return a lab; raises LabError with every fault that its files have."""
    return lab_of_files(folder.name, _files(folder))


def lab_of_files(slug: str, files: Mapping[str, str]) -> LabFile:
    """Return the lab of files by their path in its folder; raises LabError."""
    if LAB not in files:
        raise LabError(Fault(f"There is no {LAB} in {slug}."))
    try:
        source = YamlText(files[LAB])
    except ScenarioError as error:
        raise LabError(*error.faults) from error
    faults = list(schema_faults(_validator(), source))
    if faults:
        raise LabError(*faults)
    missing: list[str] = []
    data = _with_files(source.data, files, missing)
    faults = [Fault(f"There is no file {name}.") for name in missing]
    faults += broken_references(data, files, source)
    faults += _world_faults(data, source)
    if not faults:
        faults += unknown_names(data, files, source)
    faults += todos(files)
    if faults:
        raise LabError(*faults[:_MOST_FAULTS])
    digest = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
    texts = {path: text for path, text in files.items() if path.endswith(".md")}
    return replace(lab_file_of(slug, data, texts, digest), files=files)
