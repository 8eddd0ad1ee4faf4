"""Site users as administrators look for them and change them."""

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from console.classes.models import Enrollment, LoginCard
from console.classes.resting import settle_worlds
from console.labs.administrators import ADMINISTRATORS
from console.labs.new_students import make_student, suggest_password
from console.labs.site_users import INSTRUCTORS, SiteRole, set_role
from console.tokens.issuing import revoke_tokens_of
from iam.models import Sandbox


def _teaches() -> Exists:
    memberships = Group.user_set.through.objects.filter(user_id=OuterRef("pk"))
    return Exists(memberships.filter(group__name=INSTRUCTORS))


def people() -> QuerySet[User]:
    """Return all who have a login, with what their row shows; guests have none."""
    users = User.objects.filter(guest=None).annotate(teaches=_teaches())
    return users.select_related("profile").order_by("username")


def found_people(query: str) -> QuerySet[User]:
    """Return whose login, name or reference in any class has a text in it."""
    if not query:
        return people()
    referred = Enrollment.objects.filter(reference__icontains=query).values("user")
    return people().filter(
        Q(username__icontains=query)
        | Q(profile__display_name__icontains=query)
        | Q(pk__in=referred)
    )


def of_role(users: QuerySet[User], role: str) -> QuerySet[User]:
    """Return those of a role; an administrator is no instructor beside."""
    if role == SiteRole.ADMINISTRATOR:
        return users.filter(ADMINISTRATORS)
    teaches = _teaches() if role == SiteRole.INSTRUCTOR else ~_teaches()
    return users.exclude(ADMINISTRATORS).filter(teaches)


def find_person(number: int) -> User | None:
    """Return a site user by key, no guest."""
    return people().filter(pk=number).first() if number < 2**63 else None


def make_person(name: str, display_name: str, role: SiteRole, *, by: User) -> tuple[User, str]:
    """Make a login; return it with its password. Raises ValidationError as `make_student` does."""
    with transaction.atomic():
        user, password = make_student(name, None, display_name)
        if role != SiteRole.STUDENT:
            set_role(user, role, by=by)
    return user, password


def reset_password(user: User) -> str:
    """Give somebody a new password, which logs them out everywhere and ends tokens; return it."""
    password = suggest_password()
    user.set_password(password)
    with transaction.atomic():
        user.save(update_fields=["password"])
        LoginCard.objects.filter(enrollment__user=user).delete()
        revoke_tokens_of([user.pk])
    return password


def set_active(user: User, *, active: bool, by: User) -> None:
    """Let somebody in or keep them out: no log-in, and no key or session of their worlds works.

    A team's world stays open to the team, and a public one to everybody. Raises PermissionError
    for oneself.
    """
    if user.pk == by.pk:
        message = "You cannot lock yourself out."
        raise PermissionError(message)
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=active)
        user.is_active = active
        settle_worlds(Sandbox.objects.filter(owner=user, public=False))
