"""Two copies of one world share no ID, no secret and no hash."""

from datetime import timedelta
from hashlib import md5

import pytest

from console.labs.rows import Snapshot, copy_world
from iam.models import Document, Event, Sandbox
from tests.labs.rows.comparing import random_runs, strings_of
from tests.labs.rows.conftest import empty

# Certificates, public keys and the contents of objects are copied as they are; so are the key of
# the identity provider, and what is counted from a text that names nobody.
SAME = (
    "awslambda.LambdaFunction.code_hash",
    "ec2.Instance.image_id",
    "iam.Document.hash",
    "iam.SamlProvider.metadata",
    "iam.SamlProvider.private_keys",
    "iam.ServerCertificate.body",
    "iam.SigningCertificate.body",
    "iam.SigningCertificate.fingerprint",
    "iam.SshPublicKey.body",
    "iam.SshPublicKey.fingerprint",
    "s3.StoredObject.etag",
    "sts.BuiltInKey.certificate",
    "sts.BuiltInKey.sealed_key",
)

IDS = ("account_id", "unique_id", "access_key_id", "key_id", "certificate_id", "event_id")


PART = md5(b"part", usedforsecurity=False).hexdigest()  # of an upload that a copy begins without
WORDS = {"codeSha256", "AddPermission20150331v2", "CreateFunction20150331"}
"""A member of Lambda's responses, and names of its events."""


def of_aws(template: Snapshot) -> set[str]:
    """Return the hashes of documents that AWS wrote, which decisions were made on."""
    stored = {row["hash"] for row in template.tables[Document]}
    decided = [one for row in template.tables[Event] for one in row["decisions"]]
    return {entry["hash"] for one in decided for entry in one["manifest"]} - stored


def shared(first: Sandbox, second: Sandbox) -> dict[str, str]:
    """Return what looks random and stands in both, outside of the fields that may be the same."""
    allowed = random_runs(first, lambda field: field in SAME)
    one, two = (random_runs(s, lambda field: field not in SAME) for s in (first, second))
    return {run: field for run, field in one.items() if run in two and run not in allowed}


@pytest.fixture(params=["everything", "demo"])
def copied(request, templates, db) -> tuple[Snapshot, Sandbox, Sandbox]:
    """A template, and two copies of it that begin at other times."""
    template: Snapshot = templates[request.param]
    copies = [
        copy_world(template, empty(owner), received_at=template.moment + after)
        for owner, after in (("ann", timedelta(0)), ("ben", timedelta(days=40, hours=1)))
    ]
    return template, copies[0], copies[1]


def test_nothing_that_looks_random_stands_in_both(copied):
    template, one, two = copied
    found = shared(one, two)
    assert {
        run: field for run, field in found.items() if run not in {PART, *WORDS, *of_aws(template)}
    } == {}


def test_nothing_of_the_template_stands_in_a_copy(copied):
    template, one, two = copied
    gone = {template.salt, template.slug, template.organization_id}
    gone |= {
        str(row[name])
        for rows in template.tables.values()
        for row in rows
        for name in IDS
        if len(str(row.get(name, ""))) >= 10
    }
    gone -= {""}
    assert len(gone) > 8
    for sandbox in (one, two):
        found = {
            f"{field}: {text}" for field, text in strings_of(sandbox) for old in gone if old in text
        }
        assert found == set()
