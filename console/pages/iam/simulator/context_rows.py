"""The rows of condition keys, with their types and values."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from iam import catalogue

TYPES = (
    "string",
    "stringList",
    "boolean",
    "booleanList",
    "numeric",
    "numericList",
    "date",
    "dateList",
    "ip",
    "ipList",
    "binary",
    "binaryList",
)
_OF_CATALOGUE = {
    "Bool": "boolean",
    "Date": "date",
    "IPAddress": "ip",
    "Long": "numeric",
    "Numeric": "numeric",
    "ArrayOfARN": "stringList",
    "ArrayOfBool": "booleanList",
    "ArrayOfString": "stringList",
}
_NUMBER = re.compile(r"key-(\d{1,2})", re.ASCII)
_PLACE = re.compile(r"\$\{[^}]*\}")
_MOST = 50


@dataclass(frozen=True)
class ContextRow:
    """A condition key as typed; commas separate its values."""

    key: str = ""
    kind: str = "string"
    values: str = ""

    def entry(self) -> dict[str, Any]:
        """Return the row as an entry of ContextEntries."""
        several = self.kind.endswith("List")
        values = [one.strip() for one in self.values.split(",")] if several else [self.values]
        given = [value for value in values if value]
        return {
            "ContextKeyName": self.key.strip(),
            "ContextKeyType": self.kind,
            "ContextKeyValues": given,
        }


def typed_rows(posted: QueryDict) -> list[ContextRow]:
    """Return the rows of a form that are not empty."""
    numbers = sorted({int(found[1]) for name in posted if (found := _NUMBER.fullmatch(name))})
    rows = []
    for number in numbers[:_MOST]:
        kind = posted.get(f"type-{number}", "string")
        row = ContextRow(
            posted.get(f"key-{number}", ""),
            kind if kind in TYPES else "string",
            posted.get(f"value-{number}", ""),
        )
        if row.key.strip() or row.values:
            rows.append(row)
    return rows


def with_keys(rows: list[ContextRow], keys: Iterable[str]) -> list[ContextRow]:
    """Return the rows, with one more for each key that has none; its type is the catalogue's."""
    present = {row.key.strip().lower() for row in rows}
    missing = [key for key in keys if key.lower() not in present]
    return [*rows, *(ContextRow(key, kind_of(key)) for key in missing)][:_MOST]


def kind_of(key: str) -> str:
    """Return the type of a condition key's values."""
    known: Mapping[str, str] = {one.name: one.type for one in catalogue.global_condition_keys()}
    known = {**known, **{one.name: one.type for one in _of_service(key)}}
    for name, kind in known.items():
        pattern = ".*".join(map(re.escape, _PLACE.split(name)))
        if re.fullmatch(pattern, key, re.IGNORECASE | re.DOTALL):
            return _OF_CATALOGUE.get(kind, "string")
    return "string"


def _of_service(key: str) -> tuple[catalogue.ConditionKey, ...]:
    return catalogue.condition_keys(key.partition(":")[0])
