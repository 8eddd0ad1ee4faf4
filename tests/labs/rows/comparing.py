"""Rows of two sandboxes side by side."""

import gzip
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any

from console.labs.rows.tables import copied_models, references_of, rows_of
from iam.models import Sandbox, Simulated
from iam.models.seals import unseal

Rows = dict[str, list[dict[str, Any]]]

_SEALED = {"iam.AccessKey.sealed_secret": "access-key", "iam.MfaDevice.sealed_seed": "mfa-seed"}


def values_of(sandbox: Sandbox) -> Rows:
    """Return all rows as values: keys become places in the order of rows, seals are opened."""
    places: dict[type[Simulated], dict[int, int]] = {}
    found: Rows = {}
    for model in copied_models():
        rows = rows_of(model, sandbox)
        places[model] = {row["id"]: place for place, row in enumerate(rows)}
        for row in rows:
            del row["id"]
            for column, referred in references_of(model).items():
                row[column] = places[referred].get(row[column])
        found[model._meta.label] = rows
    for name, purpose in _SEALED.items():
        label, _, column = name.rpartition(".")
        for row in found[label]:
            row[column] = unseal(purpose, row[column]).decode()
    events = sorted(next(keys for model, keys in places.items() if model.__name__ == "Event"))
    for row in found["cloudtrail.Trail"]:
        row["delivered_to"] = bisect_right(events, row["delivered_to"])
    return found


def strings_in(value: Any) -> Iterator[str]:
    """Yield every text in a value: keys and leaves of data, log files unpacked."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from (key, *strings_in(one))
    elif isinstance(value, list):
        for one in value:
            yield from strings_in(one)
    elif isinstance(value, bytes) and value[:2] == b"\x1f\x8b":
        yield from strings_in(json.loads(gzip.decompress(value)))
    elif isinstance(value, bytes):
        yield value.decode("utf-8", "replace")
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def strings_of(sandbox: Sandbox) -> Iterator[tuple[str, str]]:
    """Yield every text of a sandbox's rows with the field that it stands in."""
    for label, rows in values_of(sandbox).items():
        for row in rows:
            for column, value in row.items():
                for text in strings_in(value):
                    yield f"{label}.{column}", text
    for column in ("salt", "slug", "scenario", "organization_id"):
        yield f"iam.Sandbox.{column}", getattr(sandbox, column)


_RUN = re.compile(r"[0-9A-Za-z]{10,}")


def looks_random(run: str) -> bool:
    """Return whether a run of letters and digits looks like a part of an ID, secret or hash."""
    return sum(map(str.isdigit, run)) >= 2


def random_runs(sandbox: Sandbox, counts: Callable[[str], bool]) -> dict[str, str]:
    """Return what looks random in the fields that count, each with a field that it stands in."""
    return {
        run: field
        for field, text in strings_of(sandbox)
        if counts(field)
        for run in _RUN.findall(text)
        if looks_random(run)
    }
