"""Jobs for the tests of the queue."""

from django_tasks import task

from console.queue.retries import GiveUp

performed: list[str] = []


@task
def note(word: str) -> int:
    performed.append(word)
    return len(word)


@task
def fail(word: str) -> None:
    performed.append(word)
    message = f"no {word} today"
    raise OSError(message)


@task
def fail_for_good() -> None:
    raise GiveUp


@task
def come_again() -> None:
    performed.append("again")
