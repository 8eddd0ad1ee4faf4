"""An attempt judged while somebody waits: its long searches are left to the queue."""

from collections.abc import Sequence

from console.labs.attempts.jobs import finish_judging
from console.labs.attempts.judgments import LEFT_OVER, bring_up_to_date
from console.labs.checks import Happening
from console.labs.files import LabFile
from console.labs.models import Attempt, Solve
from iam.models import Sandbox


def judge_briefly(
    attempt: Attempt,
    lab: LabFile,
    happenings: Sequence[Happening] = (),
    seconds: float | None = None,
) -> tuple[Sandbox, dict[str, Solve]]:
    """Bring an attempt up to date but for long searches: what they find follows within seconds."""
    before = attempt.judged_at
    found = bring_up_to_date(attempt, lab, happenings, seconds, briefly=True)
    if attempt.judged_at.startswith(LEFT_OVER) and attempt.judged_at != before:
        finish_judging.enqueue(attempt.pk)
    return found
