"""Whether the engine's answers are the expected ones, in one circumstance or in all."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from console.labs.files import Check
from iam.analysis import because
from iam.authorization import Authorization
from iam.engine import Freedom, Request, Variation, Verdict, ways_to
from iam.policy_documents import pattern_matches

CIRCUMSTANCES = Freedom(
    sent=frozenset(
        {
            "aws:currenttime",
            "aws:epochtime",
            "aws:sourceip",
            "aws:useragent",
            "sts:rolesessionname",
        }
    ),
    optional=frozenset({"aws:referer"}),
)
"""What a caller who may must not depend on: the address, the time, the session's name."""
CHOICES = Freedom(
    sent=CIRCUMSTANCES.sent | {"aws:requestedregion", "aws:securetransport"},
    optional=CIRCUMSTANCES.optional
    | {
        "aws:multifactorauthage",
        "aws:multifactorauthpresent",
        "aws:tagkeys",
        "iam:passedtoservice",
        "iam:permissionsboundary",
        "iam:policyarn",
        "sts:externalid",
        "sts:sourceidentity",
        "sts:transitivetagkeys",
    },
    prefixes=("aws:requesttag/",),
)
"""What a caller who may not must not get around: whatever it can send."""
_DENIED = {"denied", "implicit_deny", "explicit_deny"}
_WORDS = {
    Verdict.ALLOW: "allowed",
    Verdict.EXPLICIT_DENY: "explicit_deny",
    Verdict.IMPLICIT_DENY: "implicit_deny",
}


@dataclass(frozen=True)
class Outcome:
    """What an answer came to: `allowed`, `explicit_deny`…, the deciding statement, and when."""

    got: str
    decisive: str
    passed: bool


def _in_words(change: Mapping[str, str | None]) -> str:
    said = [f"{key} {value}" if value is not None else f"no {key}" for key, value in change.items()]
    return " and ".join(said)


_SEEN: ContextVar[list[Authorization] | None] = ContextVar("decisions seen", default=None)


@contextmanager
def decisions_seen() -> Iterator[list[Authorization]]:
    """Collect the decisions that outcomes of checks rest on, the last one last."""
    seen: list[Authorization] = []
    token = _SEEN.set(seen)
    try:
        yield seen
    finally:
        _SEEN.reset(token)


def outcome_of(answers: Sequence[Authorization], check: Check) -> Outcome:
    """Compare the answers of one call with what a check expects; a call needs all of them."""
    denied = next((one for one in answers if not one.allowed), None)
    decisive = denied or answers[-1]
    seen = _SEEN.get()
    if seen is not None:
        seen.append(decisive)
    got = _WORDS[decisive.decision.verdict]
    plainly = got == check.expect or (check.expect == "denied" and got in _DENIED)
    if not plainly or not check.always:
        return Outcome(got, because(decisive), plainly)
    return _exception(answers, check, got, because(decisive))


def _is_spared(change: Mapping[str, str | None], check: Check) -> bool:
    """Return whether a change sends a value that the check leaves out, in whatever case."""
    spared = {key.lower(): [one.lower() for one in values] for key, values in check.spared.items()}
    return any(
        pattern_matches(one, (value or "").lower())
        for key, value in change.items()
        for one in spared.get(key.lower(), ())
    )


def _epoch(request: Request) -> int:
    context = {key.lower(): value for key, value in request.context.items()}
    return int(str(context.get("aws:epochtime", 0)))


def _is_past(answer: Authorization, way: Variation) -> bool:
    """Return whether a way needs a moment that is over: the clock never goes back."""
    return _epoch(way.request) < _epoch(answer.request)


def _exception(answers: Sequence[Authorization], check: Check, got: str, decisive: str) -> Outcome:
    if check.expect == "allowed":
        for one in answers:
            found = ways_to(one.request, one.policies, CIRCUMSTANCES, allowed=False)
            change = next((way.change for way in found if not _is_past(one, way)), None)
            if change is not None:
                return Outcome(f"denied with {_in_words(change)}", decisive, False)
        return Outcome(got, decisive, True)
    ways = [_ways(one, check) for one in answers]
    if all(ways):
        change = {key: value for way in ways for key, value in way[0].items()}
        return Outcome(f"allowed with {_in_words(change)}", decisive, False)
    return Outcome(got, decisive, True)


def way_around(answer: Authorization, check: Check, freedom: Freedom) -> str | None:
    """Say what can be sent to be allowed, "" if nothing must be; None where nothing helps."""
    if answer.allowed:
        return ""
    for one in ways_to(answer.request, answer.policies, freedom, allowed=True):
        if not _is_spared(one.change, check):
            return _in_words(one.change)
    return None


def _subjects(request: Request) -> set[str]:
    """Return the keys that hold whom a token is about: other jobs get other tokens."""
    keys = {key.lower() for key in request.context}
    return {key for key in keys if key.endswith(":sub") and not key.startswith("saml:")}


def _ways(answer: Authorization, check: Check) -> list[Mapping[str, str | None]]:
    freedom = replace(CHOICES, sent=CHOICES.sent | _subjects(answer.request))
    found = ways_to(answer.request, answer.policies, freedom, allowed=True)
    return [
        one.change
        for one in found
        if not _is_spared(one.change, check) and not _is_past(answer, one)
    ]
