"""What a teacher changes about one student."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from console.classes.models import Enrollment
from console.classes.roster.plan import MOST_EXTRA_TIME
from console.classes.teams import change_extra_times, set_team
from console.labs.site_users import set_display_name


def faults_of_student(enrollment: Enrollment, values: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with new values of a student, as a sentence for each field."""
    found = {}
    others = Enrollment.objects.filter(course_class=enrollment.course_class_id)
    reference = values.get("reference")
    if reference and others.exclude(pk=enrollment.pk).filter(reference=reference).exists():
        found["reference"] = "Another student of the class has this reference."
    extra = values.get("extra_time")
    if extra is not None and not 0 <= extra <= MOST_EXTRA_TIME:
        found["extra_time"] = f"The extra time is a percentage from 0 to {MOST_EXTRA_TIME}."
    return found


def change_student(enrollment: Enrollment, values: Mapping[str, Any]) -> None:
    """Store `name`, `reference`, `team` and `extra_time`, those that are given.

    Work follows a team and extra time.
    """
    with transaction.atomic():
        if "reference" in values:
            enrollment.reference = values["reference"]
            enrollment.save(update_fields=["reference"])
        if "team" in values:
            set_team([enrollment], values["team"])
        if "extra_time" in values:
            change_extra_times([(enrollment, values["extra_time"])])
        if "name" in values:
            set_display_name(enrollment.user, values["name"])
