"""Policy documents, stored once a sandbox by content, as typed."""

import hashlib

from django.db import models

from iam.models.base import Sandbox, Simulated
from iam.models.prepared_queries import Prepared


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
        """Return the sandbox's document with this text, stored if new.

        Whoever stores one has locked the sandbox, so that nobody else stores it meanwhile.
        """
        hash_ = document_hash(text)
        found: Document = _BY_HASH.first(sandbox.pk, hash_) or cls.add(
            sandbox, hash=hash_, text=text
        )
        return found


def _by_hash(sandbox: int, hash_: str) -> "models.QuerySet[Document]":
    rows: models.QuerySet[Document] = Document.in_sandbox(Sandbox(pk=sandbox))
    return rows.filter(hash=hash_).order_by()


_BY_HASH = Prepared(_by_hash)
