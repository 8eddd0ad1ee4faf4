"""Validating input by an operation's shape, as AWS's front door does before any action runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from iam.wire import java_patterns, sentences
from iam.wire.errors import AwsError
from iam.wire.scalars import SCALARS, WrongTypeError
from iam.wire.secrets import is_secret, masked
from iam.wire.sentences import Constraint
from iam.wire.shapes import operation_model
from iam.wire.violations import Violation

if TYPE_CHECKING:
    from botocore.model import ListShape, MapShape, Shape, StructureShape

_DEEPEST = 40


def validate(operation: str, params: Mapping[str, object]) -> dict[str, object]:
    """Return a copy without nulls, blobs as bytes; AwsError ValidationError if refused.

    The error has every violation, each with the top-level parameter that contains it.
    """
    model = operation_model(operation)
    walk = _Walk(model.service_model.service_name)
    if model.input_shape is None:
        walk.no_parameters(params)
        checked: dict[str, object] = {}
    else:
        checked = walk.structure(model.input_shape, params, _Place())
    walk.refuse()
    return checked


@dataclass(slots=True, eq=False)
class _Place:
    """A place in the input: AWS's path, the top-level parameter, the nearest name."""

    # Final instead of frozen: a frozen dataclass takes several times as long to make.
    path: Final[str] = ""
    parameter: Final[str] = ""
    name: Final[str] = ""
    depth: Final[int] = 0

    def member(self, name: str) -> _Place:
        camel = sentences.camel(name)
        path = f"{self.path}.{camel}" if self.path else camel
        return _Place(path, self.parameter or name, name, self.depth + 1)

    def item(self, number: int) -> _Place:
        path = f"{self.path}.{number}.member"
        return _Place(path, self.parameter, self.name, self.depth + 1)

    def entry(self, key: object) -> _Place:
        path = f"{self.path}.{sentences.shown(key)}.member"
        return _Place(path, self.parameter, self.name, self.depth + 1)


@dataclass
class _Walk:
    service: str
    violations: list[Violation] = field(default_factory=list)
    friendly: dict[str, Violation] = field(default_factory=dict)  # parameter → in IAM's own words
    unknown: list[Violation] = field(default_factory=list)

    def refuse(self) -> None:
        """Unknown parameters first, then the model's constraints, then what IAM checks behind."""
        found = self.unknown or self.violations or self.friendly.values()
        if found:
            raise AwsError("ValidationError", violations=found)

    def no_parameters(self, params: object) -> None:
        for name in params if isinstance(params, Mapping) else ():
            self._unknown(name, [], _Place())

    def structure(self, shape: StructureShape, value: object, place: _Place) -> dict[str, object]:
        if not isinstance(value, Mapping) or place.depth > _DEEPEST:
            self._violation(shape, value, place, sentences.of_type("structure"))
            return {}
        self._names(shape, value, place)
        checked = {}
        for name, member in shape.members.items():
            if value.get(name) is not None:
                checked[name] = self._value(member, value[name], place.member(name))
        return checked

    def _names(self, shape: StructureShape, value: Mapping[object, object], place: _Place) -> None:
        for name in value:
            if name not in shape.members:
                self._unknown(name, list(shape.members), place)
        for name in shape.required_members:
            if value.get(name) is None:
                member = shape.members[name]
                self._violation(member, None, place.member(name), sentences.NOT_NULL)

    def _unknown(self, name: object, known: list[str], place: _Place) -> None:
        shown = sentences.shown(name)
        among = f"must be one of: {', '.join(known)}" if known else "there are none"
        sentence = f'Unknown parameter in input: "{shown}", {among}'
        self.unknown.append(Violation(place.parameter or shown, sentence))

    def _value(self, shape: Shape, value: object, place: _Place) -> object:
        match shape.type_name:
            case "structure":
                return self.structure(shape, value, place)
            case "list":
                return self._list(shape, value, place)
            case "map":
                return self._map(shape, value, place)
            case _:
                return self._scalar(shape, value, place)

    def _scalar(self, shape: Shape, value: object, place: _Place) -> object:
        try:
            checked, violated = SCALARS[shape.type_name](value, shape.metadata)
        except WrongTypeError as wrong:
            self._violation(shape, value, place, wrong.constraint)
            return None
        for constraint in violated:
            self._violation(shape, value, place, constraint)
        self._pattern(shape, checked, place)
        return checked

    def _pattern(self, shape: Shape, value: object, place: _Place) -> None:
        pattern = shape.metadata.get("pattern")
        if not pattern or not isinstance(value, str) or java_patterns.matches(pattern, value):
            return
        friendly = sentences.friendly_sentence(self.service, pattern, place.path)
        if friendly:
            self.friendly[place.parameter] = Violation(place.parameter, friendly)
        else:
            self._violation(shape, value, place, sentences.of_pattern(pattern))

    def _list(self, shape: ListShape, value: object, place: _Place) -> list[object]:
        if not isinstance(value, list | tuple) or place.depth > _DEEPEST:
            self._violation(shape, value, place, sentences.of_type("list"))
            return []
        for constraint in sentences.of_length(len(value), shape.metadata):
            self._violation(shape, value, place, constraint)
        if shape.member.type_name in SCALARS:
            return self._scalars(shape, value, place)
        return [
            self._value(shape.member, item, place.item(number))
            for number, item in enumerate(value, start=1)
        ]

    def _scalars(
        self, shape: ListShape, value: list[object] | tuple[object, ...], place: _Place
    ) -> list[object]:
        """Yield the violation of a list of strings, which fails as a whole with all constraints."""
        walk = _Walk(self.service)
        checked = [walk._scalar(shape.member, item, place) for item in value]
        if walk.violations or walk.friendly:
            asked = list(sentences.every_constraint(shape.member.metadata))
            wrong_type = sentences.of_type(shape.member.type_name)
            self._violation(shape, value, place, sentences.of_members(asked or [wrong_type]))
        return checked

    def _map(self, shape: MapShape, value: object, place: _Place) -> dict[str, object]:
        if not isinstance(value, Mapping) or place.depth > _DEEPEST:
            self._violation(shape, value, place, sentences.of_type("map"))
            return {}
        for constraint in sentences.of_length(len(value), shape.metadata):
            self._violation(shape, value, place, constraint)
        checked = {}
        for key, item in value.items():
            entry = place.entry(key)
            name = self._scalar(shape.key, key, entry)
            checked[str(name)] = self._value(shape.value, item, entry)
        return checked

    def _violation(
        self, shape: Shape, value: object, place: _Place, constraint: Constraint
    ) -> None:
        secret = is_secret(place.name, shape)
        shown = sentences.quoted(masked(place.name, value, shape), secret=secret)
        found = sentences.violation(place.parameter, constraint, path=place.path, value=shown)
        self.violations.append(found)
