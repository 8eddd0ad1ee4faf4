"""What the sign-in does regularly."""

from datetime import timedelta

from django.core.management import call_command
from django_tasks import task

from console.queue.schedule import every


@every(timedelta(hours=6))
@task
def remove_expired_sessions() -> None:
    call_command("clearsessions", verbosity=0)
