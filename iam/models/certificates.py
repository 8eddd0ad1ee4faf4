"""X.509 certificates: of users, who sign with them, and of servers."""

from django.db import models

from iam.models.base import Simulated
from iam.models.entities import Entity
from iam.models.identifiers import new_certificate_id
from iam.models.users import User


class SigningCertificate(Simulated):
    """A user's X.509 certificate, for the few services that take requests signed with one."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="signing_certificates")
    certificate_id = models.CharField(max_length=32)
    body = models.TextField()
    fingerprint = models.CharField(max_length=64)
    active = models.BooleanField(default=True)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint("sandbox", "certificate_id", name="signing_certificate_once")
        ]

    def __str__(self) -> str:
        return self.certificate_id


class ServerCertificate(Entity):
    """A server's certificate. Its private key is checked against it, and kept nowhere."""

    arn_type = "server-certificate"

    unique_id = models.CharField(max_length=21, default=new_certificate_id)
    body = models.TextField()
    chain = models.TextField(blank=True)
    expires_at = models.DateTimeField()
    tags = models.JSONField(default=dict, blank=True)
