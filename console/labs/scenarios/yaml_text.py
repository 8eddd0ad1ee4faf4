"""YAML read without its surprises, and the place of every part."""

from collections.abc import Sequence
from re import compile as pattern
from typing import Any

import yaml

from console.labs.scenarios.errors import Fault, ScenarioError

_LONGEST = 1024 * 1024
_LONGEST_WORDED = 50_000
"""Characters that are read again, ten times as slowly, for an error in better words."""
_DEEPEST = 100
_MOST_EVENTS = 25_000
"""Keys, values, and beginnings and ends of lists: to read as many takes tenths of a second."""
_TAG = "tag:yaml.org,2002:"


class _PlainLoader(yaml.SafeLoader):
    """A safe loader that resolves plain words as JSON does.

    YAML 1.1 makes a date of `Version: 2012-10-17`, an octal number of some account IDs, and a
    truth value of `on`.
    """

    yaml_implicit_resolvers = {}


_FastLoader = type(
    "_FastLoader",
    (getattr(yaml, "CSafeLoader", yaml.SafeLoader),),
    {"yaml_implicit_resolvers": _PlainLoader.yaml_implicit_resolvers},
)
"""The same by libyaml, several times as fast; it words its errors less well."""

for _name, _regexp, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", "-0123456789"),
):
    _PlainLoader.add_implicit_resolver(_TAG + _name, pattern(_regexp), list(_first))


class YamlText:
    """A YAML text with its data; `fault` places a message at a part of it."""

    def __init__(self, text: str) -> None:
        if len(text) > _LONGEST:
            raise ScenarioError(Fault("The file is longer than one megabyte."))
        try:
            self._root, self.data = _read(text)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            raise ScenarioError(Fault(f"Not YAML: {error.problem}", line=line)) from error
        except ScenarioError:
            raise
        except (yaml.YAMLError, UnicodeError) as error:
            raise ScenarioError(Fault(f"Not YAML: {error}")) from error
        except ValueError as error:
            raise ScenarioError(Fault("A number in it has too many digits.")) from error

    def fault(self, message: str, path: Sequence[str | int]) -> Fault:
        """Return a fault of the part that a path leads to, placed there or at its parent."""
        node, marked = self._root, self._root
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            node, marked = found
        if marked is None:
            return Fault(message, path_text(path))
        return Fault(message, path_text(path), _line(marked), marked.start_mark.column + 1)


def _read(text: str) -> tuple[yaml.Node | None, Any]:
    """Return a text's root and data, by libyaml unless a short text has an error to word."""
    try:
        return _read_by(_FastLoader, text)
    except yaml.YAMLError:
        if len(text) > _LONGEST_WORDED:
            raise
        return _read_by(_PlainLoader, text)


def _read_by(loader: Any, text: str) -> tuple[yaml.Node | None, Any]:
    depth = 0
    for number, event in enumerate(yaml.parse(text, loader)):
        if number > _MOST_EVENTS:
            raise ScenarioError(Fault("There are too many values.", line=_line(event)))
        if isinstance(event, yaml.AliasEvent):
            raise ScenarioError(Fault("YAML aliases (*name) are not supported.", line=_line(event)))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ScenarioError(Fault("Nested too deeply.", line=_line(event)))
    root = yaml.compose(text, loader)
    if root is None:
        return None, None
    _refuse_odd_keys(root)
    return root, loader("").construct_document(root)


def data_of(text: str) -> Any:
    """Return the data of a text that was found to be good before: nothing is looked for in it."""
    return _FastLoader(text).get_single_data()


def path_text(path: Sequence[str | int]) -> str:
    """Return a path as people write it: `world.users[0].name`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.lstrip(".")


def _line(marked: Any) -> int:
    return int(marked.start_mark.line) + 1


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """Return the node of a step, and the node that marks its place: a mapping's key."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _refuse_odd_keys(node: yaml.Node) -> None:
    """Raise for a key that is no text, as JSON has them, or that is there twice."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_odd_keys(item)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, value in node.value:
        if key.tag != _TAG + "str":
            raise ScenarioError(Fault("A key must be a text: put it in quotes.", line=_line(key)))
        if key.value in seen:
            raise ScenarioError(Fault(f"`{key.value}` is there twice.", line=_line(key)))
        seen.add(key.value)
        _refuse_odd_keys(value)
