"""Policy documents, stored once a sandbox by content, as typed."""

import hashlib

from django.db import models

from iam.models.base import Sandbox, Simulated


def document_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Document(Simulated):
    """One text of a policy document; never changed, never deleted while the sandbox lives."""

    hash = models.CharField(max_length=64)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint("sandbox", "hash", name="document_once")]

    def __str__(self) -> str:
        return self.hash[:12]

    @classmethod
    def of(cls, sandbox: Sandbox, text: str) -> "Document":
        """Return the sandbox's document with this text, stored if new."""
        document, _ = cls.unbound.get_or_create(
            sandbox=sandbox, hash=document_hash(text), defaults={"text": text}
        )
        found: Document = document
        return found
