"""What is stored of tokens: never the token itself."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_token_id() -> str:
    """Return an ID that nobody guesses."""
    return get_random_string(16, _LETTERS)


class ApiToken(models.Model):
    """What lets a program use the API as a site user, as far as its `scopes` go.

    Of the token only `hash` is kept; `ends` are its last letters, to tell it from others by.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_token_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(max_length=80)
    hash = models.CharField(max_length=64, unique=True, editable=False)
    ends = models.CharField(max_length=4, editable=False)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} (…{self.ends})"

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def works(self) -> bool:
        return self.revoked_at is None and not self.has_expired
