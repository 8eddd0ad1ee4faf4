"""Login cards: passwords made for students, printed by the teacher, hashed by the queue."""

from collections.abc import Sequence
from datetime import timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from console.classes.access import taught_classes
from console.classes.models import Enrollment, LoginCard
from console.labs.new_students import password_from
from console.labs.site_users import teachers_among
from console.tokens.issuing import revoke_tokens_of

KEPT = timedelta(days=2)


def password_on(card: LoginCard) -> str:
    """Return the password of a card, which only this site can derive."""
    key = salted_hmac("rolecall.classes.card", card.salt, algorithm="sha256").digest()
    return password_from(key)


def make_cards(enrollments: Sequence[Enrollment]) -> None:
    """Make new passwords for students; the old ones work no longer, the new ones once hashed.

    Tokens end with the old passwords.
    """
    LoginCard.objects.filter(enrollment__in=enrollments).delete()
    LoginCard.objects.bulk_create(
        [LoginCard(enrollment=one, salt=get_random_string(32)) for one in enrollments]
    )
    users = [one.user_id for one in enrollments]
    User.objects.filter(pk__in=users).update(password=UNUSABLE_PASSWORD_PREFIX)
    revoke_tokens_of(users)


def hash_next(number: int) -> int:
    """Hash the passwords of some cards that wait; return how many wait after that."""
    waiting = LoginCard.objects.filter(hashed_at=None).select_related("enrollment")
    for card in waiting.order_by("pk")[:number]:
        hashed = make_password(password_on(card))
        users = User.objects.filter(pk=card.enrollment.user_id)
        users.filter(password=UNUSABLE_PASSWORD_PREFIX).update(password=hashed)
        LoginCard.objects.filter(pk=card.pk).update(hashed_at=timezone.now())
    return waiting.count()


def drop_old_cards() -> None:
    """Forget the passwords that are hashed and two days old."""
    old = timezone.now() - KEPT
    LoginCard.objects.filter(made_at__lt=old).exclude(hashed_at=None).delete()


def may_reset(teacher: User, enrollments: Sequence[Enrollment]) -> list[Enrollment]:
    """Return those students whose passwords a teacher may set.

    They are in no class that the teacher does not teach, and are no teachers themselves.
    """
    users = {one.user_id for one in enrollments}
    elsewhere = set(
        Enrollment.objects.filter(user__in=users, removed_at=None)
        .exclude(course_class__in=taught_classes(teacher).values("pk"))
        .values_list("user_id", flat=True)
    )
    elsewhere |= teachers_among(users)
    return [one for one in enrollments if one.user_id not in elsewhere]
