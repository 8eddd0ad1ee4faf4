"""Who may see a class, and as what."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet

from console.classes.models import Class, Enrollment, Teaching, TeachingRole
from console.labs.administrators import is_administrator
from console.labs.models import Attempt
from iam.models.prepared_queries import Prepared

_ORDER = list(TeachingRole)


def includes(role: TeachingRole, least: TeachingRole) -> bool:
    """Return whether a role may do what another may: the owner may do everything."""
    return _ORDER.index(role) <= _ORDER.index(least)


def what_is_missing(course_class: Class, role: TeachingRole, least: TeachingRole) -> str:
    """Return, for a teacher of a class whose role is not enough, what would be."""
    if course_class.archived_at is not None:
        return "This class is archived. Its owner must restore it before it can change."
    return (
        f"You are {role.value} of this class. This takes the role {least.value}, "
        "which an owner gives in the settings of the class."
    )


def taught_classes(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Class]:
    """Return the classes that somebody teaches; an administrator of the site sees all."""
    classes = Class.objects.order_by("archived_at", "name", "pk")
    if is_administrator(user):
        return classes
    return classes.filter(Q(teachings__user_id=user.pk)) if user.pk else classes.none()


def _class(public_id: str) -> QuerySet[Class]:
    return Class.objects.filter(public_id=public_id).order_by()


def _teaching(user: int, public_id: str) -> QuerySet[Teaching]:
    teachings = Teaching.objects.select_related("course_class").order_by()
    return teachings.filter(user_id=user, course_class__public_id=public_id)


_CLASS, _TEACHING = Prepared(_class), Prepared(_teaching)


def taught_class(
    user: AbstractBaseUser | AnonymousUser,
    public_id: str,
    least: TeachingRole = TeachingRole.OBSERVER,
    *,
    archived: bool = False,
) -> tuple[Class, TeachingRole] | None:
    """Return a class with the role in it of somebody who teaches it at least so.

    In a class that is archived everybody is an observer: nobody changes it. Only who may do
    something in an `archived` one, too, has their role there.
    """
    found = _taught(user, public_id)
    if found is None:
        return None
    course_class, role = found
    if course_class.archived_at is not None and not archived:
        role = TeachingRole.OBSERVER
    return (course_class, role) if includes(role, least) else None


def _taught(
    user: AbstractBaseUser | AnonymousUser, public_id: str
) -> tuple[Class, TeachingRole] | None:
    if not user.pk:
        return None
    if is_administrator(user):
        found = _CLASS.first(public_id)
        return (found, TeachingRole.OWNER) if found else None
    teaching = _TEACHING.first(user.pk, public_id)
    return (teaching.course_class, TeachingRole(teaching.role)) if teaching else None


def enrollments_of(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Enrollment]:
    """Return the classes that somebody is a student of now, with their rows."""
    enrollments = Enrollment.objects.select_related("course_class")
    return enrollments.filter(
        user_id=user.pk or 0, removed_at=None, course_class__archived_at=None
    ).order_by("course_class__name", "pk")


def enrollment_of(user: AbstractBaseUser | AnonymousUser, public_id: str) -> Enrollment | None:
    """Return the enrollment of a student in a class; none once removed or archived."""
    return enrollments_of(user).filter(course_class__public_id=public_id).first()


def taught_student(course_class: Class, public_id: str) -> Enrollment | None:
    """Return a student of a class, also one who was removed."""
    rows = Enrollment.objects.filter(course_class=course_class, public_id=public_id)
    return rows.select_related("user__profile", "team").first()


def attempts_in(enrollment: Enrollment) -> QuerySet[Attempt]:
    """Return all attempts of a student that count in the class, a team's too; the newest first."""
    own = Q(owner=enrollment.user_id, team=None)
    if enrollment.team_id:
        own |= Q(team=enrollment.team_id)
    attempts = Attempt.objects.filter(
        own, assignment__course_class=enrollment.course_class_id, waits=False
    )
    return attempts.select_related("sandbox", "assignment").order_by("set_aside", "-started_at")


def teaches_attempt(user: AbstractBaseUser | AnonymousUser, attempt: Attempt) -> bool:
    """Return whether an attempt is one of a class that somebody teaches."""
    if attempt.assignment_id is None:
        return False
    return taught_classes(user).filter(assignments=attempt.assignment_id).exists()
