"""Which rows of a gradebook are others than they were, whatever it was that changed them."""

from collections.abc import Sequence
from hashlib import blake2b

from console.classes.gradebook import GradeRow

_GROUPS = 64
_SIZE = 6
"""Digits of the hash of a group of rows."""


def _group(row: GradeRow) -> int:
    return row.enrollment.pk % _GROUPS


def _hashes(rows: Sequence[GradeRow]) -> list[str]:
    """Return a short hash of the rows of each group, so that a token goes into an address."""
    found = [blake2b(digest_size=_SIZE // 2) for _ in range(_GROUPS)]
    for row in rows:
        student = row.enrollment
        who = (student.pk, row.name, student.user.get_username(), student.reference)
        scores = [
            (
                one.pk,
                score.points,
                score.at_due,
                score.most,
                score.tries,
                score.awarded,
                score.tasks,
            )
            for one, score in row.cells
        ]
        team = student.team.name if student.team else None
        found[_group(row)].update(repr((who, team, row.total, scores)).encode())
    return [one.hexdigest() for one in found]


def token_of(rows: Sequence[GradeRow]) -> str:
    return "".join(_hashes(rows))


def rows_since(rows: Sequence[GradeRow], token: str) -> list[GradeRow]:
    """Return the rows of the groups in which anything changed; all for a token of no gradebook."""
    changed = {
        group
        for group, now in enumerate(_hashes(rows))
        if token[group * _SIZE : (group + 1) * _SIZE] != now
    }
    return [row for row in rows if _group(row) in changed]
