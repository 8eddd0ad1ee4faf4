"""What judging leaves to the queue."""

from django_tasks import task

from console.labs.attempts.judgments import bring_up_to_date
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt


@task
def finish_judging(attempt_key: int) -> str:
    """Make the searches that were left over, unless somebody has come to it."""
    attempt = Attempt.objects.filter(pk=attempt_key).first()
    lab = lab_of(attempt) if attempt else None
    if attempt is None or lab is None:
        return "gone"
    bring_up_to_date(attempt, lab)
    return attempt.judged_at
