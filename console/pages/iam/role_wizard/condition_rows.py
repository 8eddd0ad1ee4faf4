"""*Add condition* in the wizard's first step: rows that buttons add and remove."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms

from console.pages.forms import AS_TYPED
from iam.policy_documents import OPERATOR_NAMES

MOST = 20
_NOT_OFFERED = {"StringNotEqualsIgnoreCase"}
OPERATORS = (
    *(name for name in OPERATOR_NAMES["strings"] if name not in _NOT_OFFERED),
    *(f"ForAnyValue:{name}" for name in ("StringEquals", "StringLike")),
    *(f"ForAllValues:{name}" for name in ("StringEquals", "StringLike")),
    *OPERATOR_NAMES["addresses"],
)
_PARTS = ("key", "operator", "value")
_NAMED = re.compile(r"condition([0-9]{1,2})_(?:key|operator|value)", re.ASCII)


def _numbers(names: Iterable[str]) -> list[int]:
    found = {int(named[1]) for named in map(_NAMED.fullmatch, names) if named}
    return sorted(found)[:MOST]


def after_press(typed: Mapping[str, str], press: str) -> dict[str, str]:
    """Return the typed values with one more row (`add`) or without one (`remove:<number>`)."""
    rows = [
        tuple(typed.get(f"condition{number}_{part}", "") for part in _PARTS)
        for number in _numbers(typed)
        if press != f"remove:{number}"
    ]
    if press == "add" and len(rows) < MOST:
        rows.append(("", "", ""))
    kept = {name: value for name, value in typed.items() if not _NAMED.fullmatch(name)}
    for number, row in enumerate(rows):
        kept |= {f"condition{number}_{part}": row[at] for at, part in enumerate(_PARTS)}
    return kept


class ConditionRows(forms.Form):
    """Rows of key, operator and value, as many as were sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = _numbers(self.data or self.initial or ())
        for number in self._rows:
            self._add_row(number)

    def _add_row(self, number: int) -> None:
        keys = forms.TextInput(attrs={**AS_TYPED, "list": "condition-keys"})
        self.fields[f"condition{number}_key"] = forms.CharField(
            label="Key", max_length=255, required=False, widget=keys
        )
        self.fields[f"condition{number}_operator"] = forms.ChoiceField(
            label="Condition", choices=[(one, one) for one in OPERATORS], required=False
        )
        self.fields[f"condition{number}_value"] = forms.CharField(
            label="Value", max_length=1000, required=False, widget=forms.TextInput(attrs=AS_TYPED)
        )

    @property
    def condition_rows(self) -> list[dict[str, Any]]:
        """Return each condition's number, and its fields by part."""
        return [
            {"number": number, **{part: self[f"condition{number}_{part}"] for part in _PARTS}}
            for number in self._rows
        ]

    @property
    def conditions_left(self) -> int:
        return MOST - len(self._rows)

    def conditions(self, chosen: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
        """Yield operator, key and value of each row."""
        for number in self._rows:
            key, value = chosen[f"condition{number}_key"], chosen[f"condition{number}_value"]
            if key or value:
                yield chosen[f"condition{number}_operator"] or OPERATORS[0], key, value

    def clean_conditions(self, chosen: Mapping[str, Any]) -> None:
        """Refuse a row without its key or its value."""
        for number in self._rows:
            key, value = f"condition{number}_key", f"condition{number}_value"
            if chosen.get(key) and not chosen.get(value):
                self.add_error(value, "Enter a value for the condition.")
            if chosen.get(value) and not chosen.get(key):
                self.add_error(key, "Enter the key of the condition.")

    def refuse_conditions(self, message: str) -> None:
        """Show an error at the first row; add a row if there is none."""
        if not self._rows:
            self._rows = [0]
            self._add_row(0)
        self.add_error(f"condition{self._rows[0]}_key", message)
