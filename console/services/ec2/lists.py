"""Filters and pages of EC2's lists."""

import base64
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import translate
from functools import lru_cache
from re import Pattern
from re import compile as compiled
from typing import Any, TypeVar

from console.services.ec2.errors import invalid_value, malformed_id
from console.services.ec2.names import is_id
from iam.perform import Params
from iam.wire.errors import AwsError

Row = TypeVar("Row")
Values = Mapping[str, Sequence[str]]
_PREFIX = b"ec2:"
_MOST_DIGITS = 9


@lru_cache(maxsize=256)
def _pattern(text: str) -> Pattern[str]:
    """Compile a pattern with `*` and `?`; brackets are literal."""
    return compiled(translate(text.replace("[", "[[]")))


def _fits(values: Sequence[str], wanted: Sequence[str]) -> bool:
    return any(_pattern(one).fullmatch(value) for one in wanted for value in values)


def filtered(
    params: Params, rows: Sequence[Row], values_of: Callable[[Row], Values], known: Sequence[str]
) -> list[Row]:
    """Return the rows that match every filter of a request; raises AwsError for an unknown filter.

    `known` are the filters' names; with `tag-key` the filters `tag:KEY` are known too.
    """
    asked = params.get("Filters", ())
    for one in asked:
        name = one.get("Name", "")
        if name not in known and not (name.startswith("tag:") and "tag-key" in known):
            raise AwsError("InvalidParameterValue", f"The filter '{name}' is invalid")
    found = []
    for row in rows:
        values = values_of(row) if asked else {}
        if all(_fits(values.get(one["Name"], ()), one.get("Values", ())) for one in asked):
            found.append(row)
    return found


def _start(token: str) -> int:
    try:
        raw = base64.urlsafe_b64decode(token.encode())
    except ValueError:
        raw = b""
    start = raw.removeprefix(_PREFIX)
    if not raw.startswith(_PREFIX) or not start.isdigit() or len(start) > _MOST_DIGITS:
        raise AwsError("InvalidNextToken", "The nextToken value is invalid.")
    return int(start)


def page_of(
    params: Params, rows: Sequence[Row], *, named: str = "", least: int = 5
) -> tuple[list[Row], dict[str, Any]]:
    """Return one page of rows, and the result's NextToken if more follow.

    `named` is the parameter that names rows, which EC2 refuses together with MaxResults.
    """
    size = params.get("MaxResults")
    if named and size is not None and params.get(named):
        message = f"The parameter {named} may not be used in combination with MaxResults"
        raise AwsError("InvalidParameterCombination", message)
    if size is not None and not least <= size <= 1000:
        because = f"Expecting a value from {least} to 1000."
        raise invalid_value(size, "maxResults", because)
    start = _start(params["NextToken"]) if "NextToken" in params else 0
    end = start + (size or 1000)
    more = {}
    if len(rows) > end:
        more["NextToken"] = base64.urlsafe_b64encode(_PREFIX + str(end).encode()).decode()
    return list(rows[start:end]), more


@dataclass(frozen=True)
class NamedById:
    """A kind that a request names by IDs: the parameter, and EC2's words for an unknown ID."""

    parameter: str
    prefix: str
    malformed: str
    unknown: str
    sentence: str

    def refuse_unknown(self, params: Params, known: Container[str] = ()) -> None:
        """Raise the error for an ID in a wrong form, or of nothing."""
        for one in params.get(self.parameter, ()):
            if not is_id(self.prefix, one):
                raise malformed_id(self.malformed, self.prefix, one)
            if one not in known:
                raise AwsError(f"{self.unknown}.NotFound", self.sentence.format(one))
