"""What labs do regularly."""

from datetime import timedelta

from django_tasks import task

from console.labs.authoring.tries import throw_away_forgotten
from console.labs.guests import dismiss_forgotten
from console.queue.schedule import every


@every(timedelta(hours=1))
@task
def remove_forgotten_guests() -> int:
    """Remove guests who have not come for 30 days, with their worlds: up to fifty an hour."""
    return dismiss_forgotten()


@every(timedelta(days=1))
@task
def remove_forgotten_tries() -> int:
    """Remove the worlds in which authors tried their drafts, a week after they were begun."""
    return throw_away_forgotten()
