"""What an attempt is worked under: the times and policies of a class's assignment.

A class writes them onto its attempts whenever they change, so no page of a lab reads the class.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from console.labs.models import Attempt

_REVEALED = ("none", "verdict", "explain")
_LAST_CALL = timedelta(seconds=5)
"""How long after the end a write that began before it may still be stored."""


@dataclass(frozen=True)
class Terms:
    """Times are UTC, and None where there is no limit; `mode` is empty outside a class.

    `solution` is never, solved or closed; `reveal` is none, verdict or explain. A student handed
    in at `handed_in`; the teacher showed an exam's results where `results_shown`. `masked` is an
    attempt beside a class whose lab is an exam there just now. In one that is `unlocked` a teacher
    opened all tasks.
    """

    mode: str = ""
    opens: datetime | None = None
    due: datetime | None = None
    closes: datetime | None = None
    hints: bool = True
    solution: str = "solved"
    reveal: str = "explain"
    results_shown: bool = False
    handed_in: datetime | None = None
    masked: bool = False
    unlocked: bool = False

    @property
    def is_exam(self) -> bool:
        return self.mode == "exam"

    @property
    def first_answers_count(self) -> bool:
        """Return whether only the first answers to questions bring points."""
        return self.mode in {"graded", "exam"}

    @property
    def shows_correctness(self) -> bool:
        """Return whether a student may learn what is right: the one place that decides it."""
        return not self.masked and (not self.is_exam or self.results_shown)

    @property
    def opens_all(self) -> bool:
        """Return whether no task waits until another is solved."""
        return self.is_exam or self.unlocked

    @property
    def end(self) -> datetime | None:
        """Return when work stops to count: at the close, or earlier when it was handed in."""
        return min((one for one in (self.handed_in, self.closes) if one), default=None)

    @property
    def is_over(self) -> bool:
        """Return whether work no longer counts: handed in, or closed."""
        return self.end is not None and self.end <= timezone.now()

    @property
    def own_due(self) -> datetime | None:
        """Return when it is due; nothing where the student's own minutes end before."""
        ends_before = self.due and self.closes and self.closes < self.due
        return None if ends_before else self.due

    @property
    def is_past_due(self) -> bool:
        return self.due is not None and self.due <= timezone.now()

    @property
    def is_closed(self) -> bool:
        return self.closes is not None and self.closes <= timezone.now()

    @property
    def is_open_yet(self) -> bool:
        return self.opens is None or self.opens <= timezone.now()

    @property
    def is_settled(self) -> bool:
        """Return whether an exam's world cannot have changed for a moment, and never will."""
        end = self.end
        return self.is_exam and end is not None and end + _LAST_CALL <= timezone.now()

    def revealed(self, reveal: str) -> str:
        """Return how much of a check is shown that a lab reveals so much of."""
        return min(reveal, self.reveal, key=_REVEALED.index)

    def shows_solution(self, finished: bool) -> bool:
        """Return whether the official solution may be seen."""
        if not self.shows_correctness:
            return False
        return {"solved": finished or self.is_over, "closed": self.is_over}.get(
            self.solution, False
        )


_TIMES = ("opens", "due", "closes", "handed_in")


def terms_of(attempt: Attempt) -> Terms:
    """Return what an attempt is worked under."""
    stored: dict[str, Any] = dict(attempt.terms)
    for name in _TIMES:
        if stored.get(name):
            stored[name] = datetime.fromisoformat(stored[name])
    return Terms(**stored)


def packed_terms(terms: Terms) -> dict[str, Any]:
    """Return terms as an attempt stores them: what is different from the terms of no class."""
    usual = asdict(Terms())
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(terms).items()
        if value != usual[name]
    }
