"""The names in braces that a lab's files use: each must stand for something."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from console.labs.scenarios.account_ids import ISSUER, ORGANIZATION, ORGANIZATION_ROOT
from console.labs.scenarios.errors import Fault
from console.labs.scenarios.yaml_text import YamlText

NAME_IN_BRACES = re.compile(r"(?<!\$)\{([a-z][a-z0-9_-]*)((?:\.[A-Za-z0-9_]+)*)\}")
"""A name with what follows its dots; `${…}` is none."""

NOW = "now"
"""What a step writes for the moment at which it is performed, to the second."""
Path = list[str | int]


def names_in(text: str) -> Iterator[str]:
    """Return the names in braces of a text, without what follows a dot; `${…}` is none."""
    for found in NAME_IN_BRACES.finditer(text):
        yield found[1]


def _strings(value: Any, path: Path) -> Iterator[tuple[str, Path]]:
    if isinstance(value, str):
        yield value, path
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield key, [*path, key]
            yield from _strings(inner, [*path, key])
    elif isinstance(value, Sequence):
        for index, inner in enumerate(value):
            yield from _strings(inner, [*path, index])


def _known(data: Mapping[str, Any]) -> set[str]:
    bound = {name for task in data["tasks"] for name in task.get("let", {})}
    accounts = set(data["world"].get("accounts", {}))
    return {*data.get("vars", {}), *accounts, *bound, ISSUER, ORGANIZATION, ORGANIZATION_ROOT}


def _saved(steps: Sequence[Mapping[str, Any]]) -> set[str]:
    return {step["save"] for step in steps if "save" in step}


def unknown_names(
    data: Mapping[str, Any], files: Mapping[str, str], source: YamlText
) -> Iterator[Fault]:
    """Find names that stand for nothing, in lab.yaml and in the texts."""
    known = _known(data)
    answers = [("solution", data["solution"])]
    answers += [("alternatives", one["steps"]) for one in data.get("alternatives", ())]
    answers += [("wrong", one["steps"]) for one in data.get("wrong", ())]
    history = _saved(data.get("history", ()))
    saved = {NOW}.union(history, *(_saved(steps) for _, steps in answers))
    for text, path in _strings(dict(data), []):
        for name in names_in(text):
            there = saved if path[0] in _WITH_STEPS else history if path[0] == "tasks" else known
            if name not in known and name not in there:
                yield source.fault(f"`{{{name}}}` stands for nothing here.", path)
    for name, text in files.items():
        if name.endswith(".md"):
            for number, line in enumerate(text.split("\n"), start=1):
                for unknown in set(names_in(line)) - known:
                    yield Fault(f"`{{{unknown}}}` stands for nothing here.", name, number)


_WITH_STEPS = {"solution", "alternatives", "wrong", "history"}
