"""What the administration does regularly."""

from datetime import timedelta

from django_tasks import task

from console.administration.sizes import measure_changed
from console.queue.schedule import every


@every(timedelta(minutes=10))
@task(queue_name="long")
def measure_sandboxes() -> int:
    """Measure the sandboxes that were used since the last time."""
    return measure_changed()
