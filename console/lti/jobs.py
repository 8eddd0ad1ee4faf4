"""What LTI leaves to the queue."""

import logging
from datetime import timedelta

from django.contrib.auth.models import User
from django_tasks import task

from console.classes.audit import Deed, note_action
from console.lti.grades import send_due_grades
from console.lti.members import take_members_in
from console.lti.models import Platform
from console.lti.outbound import PlatformUnreachable
from console.queue.schedule import every

logger = logging.getLogger(__name__)


@task(queue_name="long")
def take_students_in(platform_key: int, by: int) -> str:
    """Take a platform's students into its class; the audit list shows what came of it."""
    platform = Platform.objects.select_related("course_class").filter(pk=platform_key).first()
    if platform is None:
        return "gone"
    try:
        words = str(take_members_in(platform))
    except PlatformUnreachable as error:
        words = str(error)
    teacher = User.objects.filter(pk=by).first()
    note_action(platform.course_class, teacher, Deed.TOOK_STUDENTS_IN, f"From {platform}: {words}")
    return words


@every(timedelta(minutes=1))
@task(queue_name="long")
def send_grades() -> int:
    """Send the grades that changed. What fails is due again in a minute."""
    try:
        return send_due_grades()
    except PlatformUnreachable as error:
        logger.warning("Grades could not be sent: %s", error)
        return 0
