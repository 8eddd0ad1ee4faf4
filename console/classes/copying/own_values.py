"""What stands in one student's world alone: account IDs, access keys, values of variables."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from re import compile as compiled

from console.classes.models import Enrollment
from console.labs.files import fresh_values
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt
from iam.models import AccessKey, Account

_WORD = compiled(r"[A-Za-z0-9]+")
_FEWEST_DIGITS = 10
"""Shorter numbers are typed by chance."""


@dataclass(frozen=True)
class OwnValues:
    """The values that stand in one attempt's world alone, by their longest word."""

    by_word: Mapping[str, list[tuple[str, int]]]

    def found_in(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield the values that a text has, each with the key of the attempt that it is of."""
        for word in set(_WORD.findall(text)):
            for value, attempt in self.by_word.get(word, ()):
                if value in text:
                    yield value, attempt


def _variables(attempt: Attempt) -> Iterator[str]:
    """Yield the values of an attempt's variables that nobody has or types by chance."""
    lab = lab_of(attempt)
    declared = lab.variables if lab else {}
    values = fresh_values(declared, attempt.public_id)
    for name, kind in declared.items():
        if int(kind.get("digits", _FEWEST_DIGITS)) >= _FEWEST_DIGITS:
            yield values[name]


def own_values(attempts: Collection[Attempt]) -> OwnValues:
    """Return the values of some attempts' worlds; two queries."""
    worlds = {one.sandbox_id: one.pk for one in attempts}
    accounts = Account.unbound.filter(sandbox__in=worlds).order_by()
    keys = AccessKey.unbound.filter(sandbox__in=worlds).order_by()
    known: dict[str, set[int]] = {}
    for sandbox, value in (
        *accounts.values_list("sandbox_id", "account_id"),
        *keys.values_list("sandbox_id", "access_key_id"),
    ):
        known.setdefault(value, set()).add(worlds[sandbox])
    for attempt in attempts:
        for value in _variables(attempt):
            known.setdefault(value, set()).add(attempt.pk)
    by_word: dict[str, list[tuple[str, int]]] = {}
    for value, owners in known.items():
        if len(owners) == 1:
            longest = max(_WORD.findall(value), key=len, default="")
            by_word.setdefault(longest, []).append((value, owners.pop()))
    return OwnValues(by_word)


def people_of(attempts: Iterable[Attempt]) -> dict[int, frozenset[int]]:
    """Return who works in each attempt: its owner, or a team's members; one query."""
    known = list(attempts)
    teams: dict[int, set[int]] = {}
    members = Enrollment.objects.filter(team__in={one.team_id for one in known} - {None})
    for team, user in members.values_list("team_id", "user_id"):
        teams.setdefault(team, set()).add(user)
    return {one.pk: frozenset({one.owner_id} | teams.get(one.team_id or 0, set())) for one in known}
