"""Names that policies treat unlike each other: for somebody new, or for somebody who is renamed.

They come from the patterns of the policies' own resources and conditions: one inside of each
pattern, and one that no policy can have thought of.
"""

import re

from iam.analysis.escalation.name_changes import patterns_of
from iam.analysis.escalation.search_state import SearchState
from iam.arns import iam_arn
from iam.engine import pattern_matches

NEW_NAME = "rolecall-new"
_VALID = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)
_VALID_PATH = re.compile(r"/(?:[!-~]+/)?", re.ASCII)
_MOST = 6
Name = tuple[str, str]
"""A path and a name."""


def patterns_about(board: SearchState, kind: str) -> tuple[str, ...]:
    def make() -> tuple[str, ...]:
        return tuple(sorted({one for text in board.texts for one in patterns_of(text, kind)}))

    return board.remember(("patterns", kind), make)


def treated_as(board: SearchState, kind: str, arn: str) -> tuple[bool, ...]:
    """Return which of the policies' patterns an ARN matches."""
    return tuple(pattern_matches(one, arn) for one in patterns_about(board, kind))


def _taken(board: SearchState, kind: str, account_id: str) -> frozenset[str]:
    def make() -> frozenset[str]:
        return frozenset(
            one.name.lower()
            for one in board.entities.values()
            if one.arn_type == kind and one.account.account_id == account_id
        )

    return board.remember(("taken", kind, account_id), make)


def _examples(board: SearchState, kind: str, account_id: str) -> tuple[Name, ...]:
    """Return a name that no policy has thought of, and one of each pattern."""

    def make() -> tuple[Name, ...]:
        taken, new = _taken(board, kind, account_id), NEW_NAME
        while new in taken:
            new += "-2"
        found = {("/", new): None}
        for pattern in patterns_about(board, kind):
            tail = pattern.partition(f":{kind}/")[2].replace("*", new).replace("?", "x")
            path, _, name = f"/{tail}".rpartition("/")
            found[f"{path}/", name or new] = None
        return tuple(
            (path, name)
            for path, name in found
            if _VALID.fullmatch(name) and _VALID_PATH.fullmatch(path)
        )

    return board.remember(("examples", kind, account_id), make)


def new_names(board: SearchState, kind: str, account_id: str) -> tuple[Name, ...]:
    """Return names for somebody new, of those that all policies treat alike one."""

    def make() -> tuple[Name, ...]:
        taken = _taken(board, kind, account_id)
        found: dict[tuple[bool, ...], Name] = {}
        for path, name in _examples(board, kind, account_id):
            if name.lower() not in taken:
                arn = iam_arn(account_id, kind, name, path)
                found.setdefault(treated_as(board, kind, arn), (path, name))
        return tuple(found.values())[:_MOST]

    return board.remember(("new names", kind, account_id), make)


def further_names(board: SearchState, kind: str, account_id: str, now: Name) -> list[Name]:
    """Return further names for somebody that policies treat unlike the one there is now.

    Only the path is another, where that does.
    """
    path, name = now
    taken = _taken(board, kind, account_id) - {name.lower()}
    examples = _examples(board, kind, account_id)
    by_path = [(other, name) for other, _ in (("/", name), *examples, (f"/{NEW_NAME}/", name))]
    as_now = treated_as(board, kind, iam_arn(account_id, kind, name, path))
    found: dict[tuple[bool, ...], Name] = {as_now: now}
    for other_path, other in (*by_path, *examples, *((path, one) for _, one in examples)):
        if other.lower() not in taken:
            arn = iam_arn(account_id, kind, other, other_path)
            found.setdefault(treated_as(board, kind, arn), (other_path, other))
    return list(found.values())[1 : _MOST + 1]
