"""What is done about tokens regularly."""

from datetime import timedelta

from django_tasks import task

from console.queue.schedule import every
from console.tokens.issuing import forget_ended


@every(timedelta(days=1))
@task
def forget_ended_tokens() -> None:
    """Delete the tokens that ended a month ago."""
    forget_ended()
