"""Bucket policies and Block Public Access through `perform`."""

import json
from typing import Any

import pytest

from iam.models import Event, User
from iam.perform import AccessDenied, perform
from iam.trail import end_visit
from iam.wire.errors import AwsError
from tests.services.cast import NOW, OTHER, OWN, Cast, statement

REPORTS = "arn:aws:s3:::reports"
INSIDE = f"{REPORTS}/*"
READ = {"Bucket": "reports", "Key": "key"}


def policy(
    principal: Any, action: Any = "s3:GetObject", resource: Any = INSIDE, **more: Any
) -> str:
    return statement(action, resource, Principal=principal, **more)


def save(cast: Cast, text: str) -> None:
    perform(cast.root(), "s3:PutBucketPolicy", {"Bucket": "reports", "Policy": text})


def test_in_the_same_account_the_bucket_policy_alone_allows(cast: Cast) -> None:
    cast.bucket("reports", key="text")
    user1 = cast.user("user1")
    save(cast, policy({"AWS": user1.arn}))
    assert perform(user1, "s3:GetObject", READ)["Body"] == b"text"


def test_across_accounts_the_callers_own_allow_is_needed_too(cast: Cast) -> None:
    cast.bucket("reports", key="text")
    without = cast.user("without", account=OTHER)
    with_own = cast.user("with", statement("s3:*"), account=OTHER)
    unnamed = cast.user("unnamed", statement("s3:*"), account=OTHER)
    save(cast, policy({"AWS": [without.arn, with_own.arn]}))
    assert perform(with_own, "s3:GetObject", READ)["Body"] == b"text"
    for caller in (without, unnamed):
        with pytest.raises(AccessDenied) as denied:
            perform(caller, "s3:GetObject", READ)
        assert denied.value.message == "Access Denied"


def test_an_explicit_deny_of_the_bucket_wins_over_full_access(cast: Cast) -> None:
    cast.bucket("reports", key="text")
    user1 = cast.user("user1", statement("s3:*"))
    save(cast, policy({"AWS": user1.arn}, Effect="Deny"))
    with pytest.raises(AccessDenied) as denied:
        perform(user1, "s3:GetObject", READ)
    assert denied.value.message.endswith("with an explicit deny in a resource-based policy")


def test_the_buckets_account_sees_an_allowed_call_of_another(cast: Cast) -> None:
    cast.bucket("reports")
    other = cast.user("other", statement("s3:*"), account=OTHER)
    save(cast, policy({"AWS": other.arn}, ["s3:GetBucketLocation"], REPORTS))
    perform(other, "s3:GetBucketLocation", {"Bucket": "reports"})
    end_visit(other.visit)
    events = Event.in_sandbox(cast.sandbox).filter(name="GetBucketLocation")
    assert set(events.values_list("account_id", flat=True)) == {OWN, OTHER}


def test_a_policy_comes_back_as_typed_until_it_is_deleted(cast: Cast) -> None:
    cast.bucket("reports")
    text = json.dumps(json.loads(policy({"AWS": f"arn:aws:iam::{OTHER}:root"})), indent=3)
    save(cast, text)
    root = cast.root()
    assert perform(root, "s3:GetBucketPolicy", {"Bucket": "reports"}) == {"Policy": text}
    perform(root, "s3:DeleteBucketPolicy", {"Bucket": "reports"})
    with pytest.raises(AwsError) as gone:
        perform(root, "s3:GetBucketPolicy", {"Bucket": "reports"})
    assert (gone.value.code, gone.value.status) == ("NoSuchBucketPolicy", 404)


@pytest.mark.parametrize("element", ["Principal", "NotPrincipal"])
def test_an_accounts_id_comes_back_as_its_root_users_arn(cast: Cast, element: str) -> None:
    """terraform-provider-aws 3832, aws/aws-cdk 9334: S3 rewrites it as IAM does."""
    cast.bucket("reports")
    typed = policy({"AWS": [OWN, f"arn:aws:iam::{OTHER}:root"]}, Effect="Deny")
    typed = typed.replace('"Principal"', f'"{element}"')
    save(cast, typed)
    shown = perform(cast.root(), "s3:GetBucketPolicy", {"Bucket": "reports"})["Policy"]
    assert shown == typed.replace(f'"{OWN}"', f'"arn:aws:iam::{OWN}:root"')


def test_a_user_made_again_is_not_the_one_the_policy_names(cast: Cast) -> None:
    cast.bucket("reports", key="text")
    first = cast.user("user1")
    save(cast, policy({"AWS": first.arn}))
    User.in_sandbox(cast.sandbox).get(pk=first.user_pk).delete()
    again = cast.user("user1")
    with pytest.raises(AccessDenied):
        perform(again, "s3:GetObject", READ)
    shown = perform(cast.root(), "s3:GetBucketPolicy", {"Bucket": "reports"})["Policy"]
    assert first.principal_id in shown
    assert first.arn not in shown


OTHER_ROOT = {"AWS": f"arn:aws:iam::{OTHER}:root"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (policy(OTHER_ROOT, resource="arn:aws:s3:::elsewhere/*"), "Policy has invalid resource"),
        (policy(OTHER_ROOT, resource="arn:aws:s3:::report"), "Policy has invalid resource"),
        (policy({"AWS": f"arn:aws:iam::{OWN}:user/nobody"}), "Invalid principal in policy"),
        (policy({"AWS": "arn:aws:iam::333333333333:root"}), "Invalid principal in policy"),
        (policy({"Service": "lamda.amazonaws.com"}), "Invalid principal in policy"),
        (policy({"Service": "ec2"}), "Invalid principal in policy"),
        (policy({"Federated": "https://idp.example.com"}), "Invalid principal in policy"),
        (policy(OTHER_ROOT, "iam:GetUser"), "Policy has invalid action"),
        (policy(OTHER_ROOT, "s3:Nonsense"), "Policy has invalid action"),
        (
            policy(OTHER_ROOT, "s3:ListBucket"),
            "Action does not apply to any resource(s) in statement",
        ),
        (
            policy(OTHER_ROOT, "s3:GetObject", REPORTS),
            "Action does not apply to any resource(s) in statement",
        ),
        ("not json", "Policies must be valid JSON and the first byte must be '{'"),
        (" " * 21000, "Policy exceeds the maximum allowed document size."),
    ],
)
def test_a_policy_that_s3_refuses_is_malformed(cast: Cast, text: str, message: str) -> None:
    cast.bucket("reports")
    with pytest.raises(AwsError) as refused:
        save(cast, text)
    assert (refused.value.code, refused.value.message) == ("MalformedPolicy", message)


@pytest.mark.parametrize("text", ["{", '{"Version": 1}', "{}", statement("s3:GetObject", INSIDE)])
def test_a_policy_against_the_grammar_is_malformed(cast: Cast, text: str) -> None:
    cast.bucket("reports")
    with pytest.raises(AwsError) as refused:
        save(cast, text)
    assert refused.value.code == "MalformedPolicy"


@pytest.mark.parametrize(
    ("action", "resource"),
    [("s3:*", "*"), ("*", INSIDE), ("s3:Get*", INSIDE), ("s3:ListBucket", "arn:aws:s3:::rep*")],
)
def test_wildcards_that_reach_the_bucket_are_valid(cast: Cast, action: str, resource: str) -> None:
    cast.bucket("reports")
    save(cast, policy(OTHER_ROOT, action, resource))


def test_a_public_policy_is_blocked_until_the_block_is_lifted(cast: Cast) -> None:
    cast.bucket("reports", key="text")
    with pytest.raises(AwsError) as refused:
        save(cast, policy("*"))
    assert refused.value.message == (
        f"User: arn:aws:iam::{OWN}:root is not authorized to perform: s3:PutBucketPolicy on "
        f'resource: "{REPORTS}" because public policies are blocked by the BlockPublicPolicy '
        "block public access setting."
    )
    perform(cast.root(), "s3:DeletePublicAccessBlock", {"Bucket": "reports"})
    save(cast, policy("*"))
    other = cast.user("other", statement("s3:*"), account=OTHER)
    assert perform(other, "s3:GetObject", READ)["Body"] == b"text"


def test_restricting_public_buckets_keeps_other_accounts_out(cast: Cast) -> None:
    cast.bucket("reports", key="text")
    root = cast.root()
    perform(root, "s3:DeletePublicAccessBlock", {"Bucket": "reports"})
    save(cast, policy("*"))
    settings = {"RestrictPublicBuckets": True}
    block = {"Bucket": "reports", "PublicAccessBlockConfiguration": settings}
    perform(root, "s3:PutPublicAccessBlock", block)
    with pytest.raises(AccessDenied):
        perform(cast.user("o", statement("s3:*"), account=OTHER), "s3:GetObject", READ)
    assert perform(cast.user("own"), "s3:GetObject", READ)["Body"] == b"text"


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:PrincipalAccount": OTHER}},
        {"ArnLike": {"aws:SourceArn": "arn:aws:sns:us-east-1:222222222222:topic"}},
        {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
    ],
)
def test_everybody_with_a_condition_that_fixes_whom_is_not_public(
    cast: Cast, condition: dict[str, Any]
) -> None:
    cast.bucket("reports")
    save(cast, policy("*", Condition=condition))


@pytest.mark.parametrize(
    "condition",
    [
        {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*"}},
        {"IpAddress": {"aws:SourceIp": "0.0.0.0/1"}},
        {"StringEquals": {"aws:UserAgent": "mine"}},
        {"StringEqualsIfExists": {"aws:PrincipalAccount": OTHER}},
    ],
)
def test_everybody_with_a_condition_that_fixes_nobody_is_public(
    cast: Cast, condition: dict[str, Any]
) -> None:
    cast.bucket("reports")
    with pytest.raises(AwsError) as refused:
        save(cast, policy("*", Condition=condition))
    assert refused.value.code == "AccessDenied"


def test_a_new_bucket_blocks_all_public_access(cast: Cast) -> None:
    cast.bucket("reports")
    root = cast.root()
    block = perform(root, "s3:GetPublicAccessBlock", {"Bucket": "reports"})
    assert set(block["PublicAccessBlockConfiguration"].values()) == {True}
    perform(root, "s3:DeletePublicAccessBlock", {"Bucket": "reports"})
    with pytest.raises(AwsError) as gone:
        perform(root, "s3:GetPublicAccessBlock", {"Bucket": "reports"})
    assert gone.value.code == "NoSuchPublicAccessBlockConfiguration"


def test_root_can_mend_a_policy_that_locks_everybody_out(cast: Cast) -> None:
    cast.bucket("reports")
    admin = cast.user("admin", statement("*"))
    save(cast, policy("*", "s3:*", [REPORTS, INSIDE], Effect="Deny"))
    for caller in (admin, cast.root()):
        with pytest.raises(AccessDenied):
            perform(caller, "s3:ListObjectsV2", {"Bucket": "reports"})
    with pytest.raises(AccessDenied):
        perform(admin, "s3:DeleteBucketPolicy", {"Bucket": "reports"})
    perform(cast.root(), "s3:DeleteBucketPolicy", {"Bucket": "reports"})
    perform(admin, "s3:ListObjectsV2", {"Bucket": "reports"})


def test_a_policy_belongs_to_the_buckets_account(cast: Cast) -> None:
    cast.bucket("reports")
    other = cast.user("other", statement("s3:*"), account=OTHER)
    with pytest.raises(AccessDenied):
        perform(other, "s3:GetBucketPolicy", {"Bucket": "reports"})
    save(cast, policy({"AWS": other.arn}, "s3:*", [REPORTS, INSIDE]))
    with pytest.raises(AwsError) as refused:
        perform(other, "s3:GetBucketPolicy", {"Bucket": "reports"})
    assert (refused.value.code, refused.value.status) == ("MethodNotAllowed", 405)


def test_a_policy_that_is_refused_leaves_the_old_one(cast: Cast) -> None:
    cast.bucket("reports")
    text = policy(OTHER_ROOT)
    save(cast, text)
    with pytest.raises(AwsError):
        save(cast, "{}")
    assert perform(cast.root(at=NOW), "s3:GetBucketPolicy", {"Bucket": "reports"})["Policy"] == text
