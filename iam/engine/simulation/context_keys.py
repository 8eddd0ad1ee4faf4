"""The condition keys a policy asks about: those of its conditions and those of its variables."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

from iam.engine.decision.policy import parse_policy
from iam.engine.document.json_text import as_list, load
from iam.engine.grammar.every_type import LATEST, OLDEST, as_texts

_VARIABLE_KEY = re.compile(r"\$\{([^{}*?$,']+)(?:,\s*'[^'{}]*'\s*)?\}")
_WITH_VARIABLES = ("Resource", "NotResource")


@lru_cache(maxsize=2048)
def context_keys(text: str, action: str = "") -> tuple[str, ...]:
    """Name the keys as they are written, each once whatever its case; PolicyError as when parsed.

    Of the statements about an action, if one is named (in lower case). A variable counts only
    where it is one: in version 2012-10-17.
    """
    policy = parse_policy(text)
    document = load(text)
    about = {statement.index for statement in policy.about(action)} if action else None
    found: dict[str, str] = {}
    for key in _keys(document, about):
        found.setdefault(key.lower(), key)
    return tuple(found.values())


def _keys(document: Any, about: Collection[int] | None) -> Iterator[str]:
    variables = document.get("Version", OLDEST) == LATEST
    for index, statement in enumerate(as_list(document["Statement"])):
        if about is not None and index not in about:
            continue
        for conditions in statement.get("Condition", {}).values():
            for key, values in conditions.items():
                yield key
                if variables:
                    yield from _of_variables(values)
        for element in _WITH_VARIABLES if variables else ():
            yield from _of_variables(statement.get(element, []))


def _of_variables(value: Any) -> Iterator[str]:
    for text in as_texts(value):
        yield from (key.strip() for key in _VARIABLE_KEY.findall(text))
