"""Which member of a team did what in the world that it shares."""

from django.conf import settings
from django.db import models


class MemberCall(models.Model):
    """A call in a team's world, with the member who made it; of writes and refused calls.

    `by_key`: an AWS client made it, with a key that this member made or copied. Where neither login
    nor key says who it was, there is none.
    """

    attempt = models.ForeignKey(
        "labs.Attempt", on_delete=models.CASCADE, related_name="member_calls"
    )
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    event_id = models.UUIDField()
    by_key = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "event_id"], name="a_call_has_one_member")
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: call of {self.member_id}"


class MemberKey(models.Model):
    """An access key of a team's world that one member made, or was shown to copy."""

    attempt = models.ForeignKey(
        "labs.Attempt", on_delete=models.CASCADE, related_name="member_keys"
    )
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    access_key_id = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "access_key_id"], name="a_key_has_one_member"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.access_key_id}"
