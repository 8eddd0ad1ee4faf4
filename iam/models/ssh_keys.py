"""SSH public keys of users."""

from django.db import models

from iam.models.base import Simulated
from iam.models.users import User


class SshPublicKey(Simulated):
    """A user's SSH public key, as CodeCommit takes it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="ssh_keys")
    key_id = models.CharField(max_length=21)
    body = models.TextField()
    fingerprint = models.CharField(max_length=48)
    active = models.BooleanField(default=True)
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = "SSH public key"
        ordering = ["id"]
        constraints = [models.UniqueConstraint("sandbox", "key_id", name="ssh_key_once")]

    def __str__(self) -> str:
        return self.key_id
