"""What classes leave to the queue."""

from datetime import timedelta

from django_tasks import task

from console.classes.copies import remove_old_copies
from console.classes.roster.cards import drop_old_cards, hash_next
from console.queue.schedule import every

_AT_ONCE = 50


@task(queue_name="long")
def hash_cards() -> None:
    """Hash the passwords of login cards, until none waits."""
    while hash_next(_AT_ONCE):
        pass


@every(timedelta(hours=6))
@task
def forget_cards() -> None:
    """Forget the passwords of old cards."""
    drop_old_cards()


@every(timedelta(hours=1))
@task
def forget_copies() -> None:
    """Remove old copies of students' worlds."""
    remove_old_copies()
