"""Checks that fail in a class, so that its teacher sees what many misunderstand."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from console.labs.attempts.cases import values_of
from console.labs.checks import CheckResult, Status
from console.labs.files import LabFile
from console.labs.models import Attempt, CheckFailure

_NAMED = re.compile(r"\b(role|user|group|policy|instance-profile)/((?:[\w+=,.@-]+/)*)([\w+=,.@-]+)")
_LONGEST = 300
_SHORTEST_VALUE = 3


@lru_cache(maxsize=64)
def _names_of(lab_hash: str, text: str) -> frozenset[str]:
    """Return the words of a lab's world and solutions: what is named there keeps its name."""
    del lab_hash
    return frozenset(re.findall(r"[\w+=.@-]+", text))


def _known_names(lab: LabFile) -> frozenset[str]:
    answers = [lab.solution, *lab.alternatives]
    text = json.dumps([lab.world, [list(one.steps) for one in answers]], default=str)
    return _names_of(lab.hash, text)


def in_common_words(decisive: str, values: Mapping[str, str], known: frozenset[str]) -> str:
    """Return what decided with `{names}` for values, and for what the student named."""
    named = {value: name for name, value in values.items() if len(value) >= _SHORTEST_VALUE}
    for value in sorted(named, key=len, reverse=True):
        decisive = decisive.replace(value, f"{{{named[value]}}}")

    def own(found: re.Match[str]) -> str:
        kind, path, name = found.groups()
        return found[0] if name in known or "{" in name else f"{kind}/{path}{{new {kind}}}"

    return _NAMED.sub(own, decisive)[:_LONGEST]


def questions_in_common_words(
    attempt: Attempt, lab: LabFile, results: Mapping[str, Sequence[Mapping[str, str]]]
) -> dict[tuple[str, str], str]:
    """Return what each check in stored results asks and what the answer should be."""
    values, known = values_of(attempt, lab), _known_names(lab)
    return {
        (task, check["name"]): in_common_words(
            f"{check['question']} Should be: {check['expected']}", values, known
        )
        for task, checks in results.items()
        for check in checks
    }


def note_failures(
    attempt: Attempt,
    lab: LabFile,
    results: Mapping[str, Sequence[CheckResult]],
    untouched: Mapping[str, frozenset[str]],
) -> None:
    """Note what fails now in an attempt of a class; one query, none where nothing fails."""
    failed = [
        (task, check)
        for task, checks in results.items()
        for check in checks
        if check.status is Status.FAILED and check.name not in untouched.get(task, frozenset())
    ]
    if attempt.assignment_id is None or not failed:
        return
    values, known = values_of(attempt, lab), _known_names(lab)
    CheckFailure.objects.bulk_create(
        [
            CheckFailure(
                attempt_id=attempt.pk,
                task=task,
                check_name=check.name,
                decisive=in_common_words(check.decisive, values, known),
            )
            for task, check in failed
        ],
        ignore_conflicts=True,
    )
