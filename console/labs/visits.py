"""After each visit: a student's change is checked at once, by whichever client it came."""

import logging
from collections.abc import Sequence

from django.db.models import QuerySet

from console.labs.attempts import judge_briefly, makes_keys, note_denials, note_member_calls
from console.labs.catalog import find_lab
from console.labs.checks import Happening, awaited_names, is_awaited
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt
from iam.callers import Visit
from iam.models import Sandbox
from iam.models.prepared_queries import Prepared
from iam.perform import registry

SECONDS = 0.05
"""How long a visit may be held up; the rest is left to the next poll."""

logger = logging.getLogger(__name__)


def _attempt_in(sandbox: int) -> QuerySet[Attempt]:
    return Attempt.objects.filter(sandbox=sandbox)


_ATTEMPT = Prepared(_attempt_in)


def _wrote(visit: Visit) -> bool:
    """Return whether a write succeeded; a denied one raises the stamp, and changes nothing."""
    return visit.wrote and any(
        not one.error_code and registry.find(one.operation).writes for one in visit.outcomes
    )


def _denied(visit: Visit) -> list[str]:
    """Return the operations of a visit that policies denied."""
    return [one.operation for one in visit.outcomes if one.denied]


def after_visit(
    sandbox: Sandbox,
    visit: Visit,
    happenings: Sequence[Happening] = (),
    *,
    member: int | None = None,
    access_key_id: str = "",
) -> None:
    """Check an attempt again where a visit may have changed what its checks find.

    `member` is the site user who is logged in, `access_key_id` the key of an AWS client: of a
    team's world it is noted who made a call.

    To be called after `end_visit`. It returns at once for a sandbox of no lab, and for a read that
    no check waits for; it never raises.
    """
    lab = find_lab(sandbox.lab) if sandbox.lab else None
    if lab is None:
        return
    try:
        happened = [one for one in happenings if is_awaited(one, lab.tasks)]
        denied = _denied(visit)
        matters = happened or _wrote(visit) or visit.recorded & awaited_names(lab.tasks)
        refused = any(one.error_code for one in visit.outcomes)
        if not (matters or refused or makes_keys(visit)):
            return
        attempt = _ATTEMPT.first(sandbox.pk)
        if attempt is None:
            return
        note_member_calls(attempt, visit, member, access_key_id)
        if denied:
            note_denials(attempt, denied)
        if matters:
            own = lab if lab.hash == attempt.lab_hash else lab_of(attempt)
            judge_briefly(attempt, own or lab, happened, SECONDS)
    except Exception:
        logger.exception("The visit to the sandbox %s could not be checked.", sandbox.pk)
