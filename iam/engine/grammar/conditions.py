"""The rules of Condition blocks, for every policy type."""

import difflib
from collections.abc import Iterator
from typing import Any

from iam.engine.document.json_text import as_list
from iam.engine.document.places import Path
from iam.engine.document.quotes import quoted
from iam.engine.grammar.problem import Problem
from iam.engine.matching.operators.registry import OPERATOR_NAMES, used_operator


def condition_problems(path: Path, block: Any) -> Iterator[Problem]:
    """Refuse unknown operators and values that are no texts, numbers or booleans."""
    if not isinstance(block, dict):
        yield Problem("DATA_TYPE_MISMATCH", "`Condition` is an object", path, value="Object")
        return
    for name, keys in block.items():
        where = (*path, name)
        if used_operator(name) is None and keys != {}:
            yield Problem("INVALID_CONDITION_OPERATOR", _unknown_operator(name), where, key=True)
        if not isinstance(keys, dict):
            detail = f"`{quoted(name)}` holds an object of condition keys and values"
            yield Problem("DATA_TYPE_MISMATCH", detail, where, value="Object")
            continue
        for key, value in keys.items():
            yield from _value_problems((*where, key), value)


def _value_problems(path: Path, value: Any) -> Iterator[Problem]:
    for index, item in enumerate(as_list(value)):
        if not isinstance(item, str | bool):
            where = (*path, index) if isinstance(value, list) else path
            yield Problem("DATA_TYPE_MISMATCH", "A text or a list of texts is expected", where)


def _unknown_operator(name: str) -> str:
    known = [name for names in OPERATOR_NAMES.values() for name in names]
    nearest = difflib.get_close_matches(name[:64], known, n=1)
    hint = f"; did you mean `{nearest[0]}`?" if nearest else ""
    return f"`{quoted(name)}` is no condition operator{hint}"
