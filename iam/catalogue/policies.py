"""AWS managed policies: what the lists show at once, a document only when it is asked for."""

from __future__ import annotations

import hashlib
import json
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from iam.arns import aws_policy_arn
from iam.catalogue.editions import DATA, read_json

DOCUMENTS = "managed_documents.tsv"
_JOB_FUNCTION = "/job-function/"


@dataclass(frozen=True)
class ManagedPolicy:
    """An AWS managed policy as AWS's lists show it; the description is empty where unknown.

    Lists show all of them: what is made of the fields is made once in a process.
    """

    name: str
    path: str
    default_version_id: str
    created: datetime
    updated: datetime
    description: str

    @cached_property
    def arn(self) -> str:
        return aws_policy_arn(self.name, self.path)

    @property
    def type(self) -> str:
        return "AWS managed - job function" if self.path == _JOB_FUNCTION else "AWS managed"

    @cached_property
    def policy_id(self) -> str:
        """An ID in AWS's form, always the same for a policy; AWS publishes no list of its own."""
        digest = hashlib.sha256(self.arn.encode()).digest()
        return "ANPA" + b32encode(digest).decode()[:17]

    @property
    def document(self) -> str:
        return managed_document(self.arn, self.default_version_id) or ""


@dataclass(frozen=True, slots=True)
class ManagedVersion:
    """A version whose document is kept."""

    version_id: str
    created: datetime


def managed_policies() -> tuple[ManagedPolicy, ...]:
    return tuple(_index().values())


def managed_policy_names() -> tuple[str, ...]:
    return tuple(policy.name for policy in _index().values())


def managed_policy(arn: str) -> ManagedPolicy | None:
    return _index().get(arn)


def managed_versions(arn: str) -> tuple[ManagedVersion, ...]:
    return tuple(version for version, _ in _kept().get(arn, {}).values())


@lru_cache(maxsize=256)
def managed_document(arn: str, version_id: str) -> str | None:
    """The document of any version ever in an edition, so that an old event can be replayed."""
    found = _kept().get(arn, {}).get(version_id)
    if found is None:
        return None
    with (DATA / DOCUMENTS).open("rb") as file:
        file.seek(found[1])
        compact = file.readline().rpartition(b"\t")[2]
    return json.dumps(json.loads(compact), indent=4, ensure_ascii=False)


@lru_cache(maxsize=1)
def _index() -> dict[str, ManagedPolicy]:
    descriptions: dict[str, str] = read_json("descriptions.json")
    policies = (
        ManagedPolicy(
            name,
            path,
            version,
            datetime.fromisoformat(created),
            datetime.fromisoformat(updated),
            descriptions.get(name, ""),
        )
        for name, path, version, created, updated in read_json("managed_policies.json")
    )
    return {policy.arn: policy for policy in policies}


@lru_cache(maxsize=1)
def _kept() -> dict[str, dict[str, tuple[ManagedVersion, int]]]:
    """For each ARN its versions, newest first, with the place of their line in the file."""
    kept: dict[str, dict[str, tuple[ManagedVersion, int]]] = {}
    place = 0
    with (DATA / DOCUMENTS).open("rb") as file:
        for line in file:
            arn, version_id, created, _ = line.split(b"\t", 3)
            version = ManagedVersion(version_id.decode(), datetime.fromisoformat(created.decode()))
            kept.setdefault(arn.decode(), {})[version.version_id] = (version, place)
            place += len(line)
    return {arn: dict(reversed(versions.items())) for arn, versions in kept.items()}
