"""What LTI leaves to the queue."""

import logging
from datetime import timedelta

from django_tasks import task

from console.lti.grades import send_due_grades
from console.lti.outbound import PlatformUnreachable
from console.queue.schedule import every

logger = logging.getLogger(__name__)


@every(timedelta(minutes=1))
@task(queue_name="long")
def send_grades() -> int:
    """Send the grades that changed. What fails is due again in a minute."""
    try:
        return send_due_grades()
    except PlatformUnreachable as error:
        logger.warning("Grades could not be sent: %s", error)
        return 0
