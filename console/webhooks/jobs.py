"""What webhooks leave to the queue."""

from datetime import timedelta

from django.conf import settings
from django_tasks import task

from console.queue.schedule import every
from console.webhooks.deliveries import deliver, new_deliveries


@task(queue_name="long")
def send_delivery(key: int) -> None:
    """Send a delivery; the queue tries it again, with growing pauses, when it fails."""
    deliver(key)


@every(timedelta(minutes=1))
@task(queue_name="long")
def send_events() -> int:
    """Put what webhooks have not heard of into the queue; nothing where no host is listed."""
    keys = new_deliveries() if settings.WEBHOOK_HOSTS else []
    for key in keys:
        send_delivery.enqueue(key)
    return len(keys)
