"""JSON Schema as files of others are checked by it: quickly, whatever stands in them."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError, validators


def _unique_items(
    _validator: Any, wanted: bool, items: Any, _schema: Any
) -> Iterator[ValidationError]:
    """Find items that are there twice; jsonschema compares each with each."""
    if wanted and isinstance(items, list):
        texts = {json.dumps(item, sort_keys=True) for item in items}
        if len(texts) < len(items):
            yield ValidationError("An item is there twice.")


_extend: Any = validators.extend
_Validator = _extend(Draft202012Validator, {"uniqueItems": _unique_items})


@lru_cache(maxsize=8)
def validator_of(schema: Path) -> Draft202012Validator:
    """Return the validator of a schema's file, which a process reads once."""
    validator: Draft202012Validator = _Validator(json.loads(schema.read_text(encoding="utf-8")))
    return validator
