"""AWS managed policies: lists at once, documents when asked for, old versions kept."""

import json

import pytest

from iam import catalogue
from iam.catalogue import builder, editions, policies
from iam.engine import PolicyType, parse_policy, validate_policy

S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
BILLING = "arn:aws:iam::aws:policy/job-function/Billing"


def test_s3_full_access_is_found_as_the_course_types_it():
    names = catalogue.managed_policy_names()
    assert catalogue.closest("S3 Full access", names, str) == ["AmazonS3FullAccess"]
    assert catalogue.matches("S3 Full access", "AmazonS3FullAccess")


def test_a_query_that_is_longer_than_any_name_finds_nothing():
    assert not catalogue.matches("a " * 200, "AmazonS3FullAccess")
    assert catalogue.closest("s3 " * 100, catalogue.managed_policy_names(), str) == []


def test_words_in_another_order_are_found_where_no_run_is():
    names = catalogue.managed_policy_names()
    assert "AmazonS3FullAccess" in catalogue.closest("full access s3", names, str)
    assert catalogue.closest("no such policy", names, str) == []
    assert catalogue.closest("", names, str) == list(names)


@pytest.mark.parametrize(
    ("query", "name", "found"),
    [
        ("", "AmazonS3FullAccess", True),
        ("amazons3", "AmazonS3FullAccess", True),
        ("access s3", "AmazonS3FullAccess", True),
        ("s3-full", "AmazonS3FullAccess", True),
        ("lambda full", "AWSLambda_FullAccess", True),
        ("s3 read", "AmazonS3FullAccess", False),
    ],
)
def test_the_search_ignores_case_spaces_and_hyphens(query: str, name: str, *, found: bool):
    assert catalogue.matches(query, name) is found


def test_a_policy_has_what_the_list_shows():
    policy = catalogue.managed_policy(S3_FULL)
    assert policy is not None
    assert (policy.arn, policy.path, policy.type) == (S3_FULL, "/", "AWS managed")
    assert policy.description == (
        "Provides full access to all buckets via the AWS Management Console."
    )
    assert policy.created.utcoffset() is not None
    assert len(policy.policy_id) == 21


def test_a_job_function_is_marked_as_one():
    policy = catalogue.managed_policy(BILLING)
    assert policy is not None
    assert policy.type == "AWS managed - job function"


def test_the_document_reads_as_the_console_shows_it():
    policy = catalogue.managed_policy("arn:aws:iam::aws:policy/AdministratorAccess")
    assert policy is not None
    assert policy.document == (
        "{\n"
        '    "Version": "2012-10-17",\n'
        '    "Statement": [\n'
        "        {\n"
        '            "Effect": "Allow",\n'
        '            "Action": "*",\n'
        '            "Resource": "*"\n'
        "        }\n"
        "    ]\n"
        "}"
    )


def test_every_policy_has_its_default_version_among_those_kept():
    for policy in catalogue.managed_policies():
        versions = [version.version_id for version in catalogue.managed_versions(policy.arn)]
        assert policy.default_version_id in versions
        assert json.loads(policy.document)["Statement"]


def test_what_is_described_by_hand_exists():
    described = editions.read_json("descriptions.json")
    assert set(described) <= set(catalogue.managed_policy_names())


def test_an_unknown_policy_or_version_is_not_found():
    assert catalogue.managed_policy("arn:aws:iam::aws:policy/Nope") is None
    assert catalogue.managed_document(S3_FULL, "v999") is None
    assert catalogue.managed_versions("nope") == ()


def test_a_newer_edition_keeps_the_older_documents(tmp_path, monkeypatch):
    """Building again with another default version adds a line and takes none away."""
    monkeypatch.setattr(builder, "DATA", tmp_path)
    for version, action in (("v9", "s3:Get*"), ("v10", "s3:*"), ("v10", "changed")):
        builder.write_documents({"Mine": made(version, action)})
    lines = (tmp_path / policies.DOCUMENTS).read_text().splitlines()
    arn = "arn:aws:iam::aws:policy/Mine"
    assert [line.split("\t")[:2] for line in lines] == [[arn, "v9"], [arn, "v10"]]
    assert '"Action":"s3:Get*"' in lines[0]
    assert '"Action":"s3:*"' in lines[1]


def made(version: str, action: str) -> dict[str, object]:
    document = {"Statement": [{"Action": action, "Effect": "Allow", "Resource": "*"}]}
    updated = "2026-01-01T00:00:00+00:00"
    return {
        "Path": "/",
        "DefaultVersionId": version,
        "UpdateDate": updated,
        "Document": document | {"Version": "2012-10-17"},
    }


def test_every_managed_policy_is_one_that_can_be_decided_by():
    for policy in catalogue.managed_policies():
        assert parse_policy.__wrapped__(policy.document).statements, policy.name


@pytest.mark.parametrize("name", ["AmazonTimestreamInfluxDBServiceRolePolicy", "SecurityAudit"])
def test_a_managed_policy_can_be_copied_into_an_own_one(name):
    found = next(one for one in catalogue.managed_policies() if one.name == name)

    assert validate_policy(found.document, PolicyType.IDENTITY).statements


def test_every_service_linked_role_has_a_policy_of_the_catalogue():
    paths = {policy.arn for policy in catalogue.managed_policies()}
    rows = editions.read_json("service_linked_roles.json")
    for service, *_ in rows:
        found = catalogue.service_linked_role(service)
        assert found is not None
        assert found.policy_arn in paths, service
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
