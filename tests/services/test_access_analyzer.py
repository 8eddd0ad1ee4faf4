"""IAM Access Analyzer: who outside the zone of trust reaches a role or a bucket."""

from typing import Any

import pytest

from iam.perform import AccessDenied, perform
from iam.wire.errors import AwsError
from tests.worlds import ACCOUNT_ID, World, allow, document, make_world, trust

OTHER, STRANGE, THIRD = "111122223333", "444455556666", "777788889999"
SERVICE = {
    "Effect": "Allow",
    "Principal": {"Service": "ec2.amazonaws.com"},
    "Action": "sts:AssumeRole",
}


@pytest.fixture
def world(db: None) -> World:
    """A world that knows other accounts, which policies may name."""
    made = make_world()
    made.sandbox.outside_accounts = dict.fromkeys([OTHER, STRANGE, THIRD], "Vendor")
    made.sandbox.save()
    return made


def ask(world: World, operation: str, **params: Any) -> dict[str, Any]:
    return perform(world.root(), f"access-analyzer:{operation}", params)


def analyzer(world: World, type_: str = "ACCOUNT") -> str:
    made = ask(world, "CreateAnalyzer", analyzerName="outside", type=type_)
    arn: str = made["arn"]
    return arn


def role(world: World, *statements: dict[str, Any], name: str = "R") -> str:
    text = document(*statements)
    made = world.do("CreateRole", RoleName=name, AssumeRolePolicyDocument=text)
    arn: str = made["Role"]["Arn"]
    return arn


def lets_in(who: Any, action: Any = "sts:AssumeRole", **others: Any) -> dict[str, Any]:
    principal = {"AWS": who} if isinstance(who, str | list) else who
    return {"Effect": "Allow", "Principal": principal, "Action": action, **others}


def bucket(
    world: World, *statements: dict[str, Any], name: str = "data", block: bool = False
) -> str:
    perform(world.root(), "s3:CreateBucket", {"Bucket": name})
    if not block:
        perform(world.root(), "s3:DeletePublicAccessBlock", {"Bucket": name})
    perform(world.root(), "s3:PutBucketPolicy", {"Bucket": name, "Policy": document(*statements)})
    return f"arn:aws:s3:::{name}"


def found(world: World, arn: str, **params: Any) -> list[tuple[Any, ...]]:
    """Return resource, principal, actions and condition of each finding."""
    return [
        (one["resource"].rpartition(":")[2], one["principal"], one["action"], one["condition"])
        for one in ask(world, "ListFindings", analyzerArn=arn, **params)["findings"]
    ]


def test_another_account_that_a_trust_policy_names_is_external_access(world: World) -> None:
    role(world, lets_in([OTHER, ACCOUNT_ID]), SERVICE)
    role(world, lets_in(ACCOUNT_ID), name="Own")
    arn = analyzer(world)
    assert found(world, arn) == [("role/R", {"AWS": OTHER}, ["sts:AssumeRole"], {})]
    (one,) = ask(world, "ListFindings", analyzerArn=arn)["findings"]
    assert (one["status"], one["isPublic"], one["resourceType"], one["resourceOwnerAccount"]) == (
        "ACTIVE", False, "AWS::IAM::Role", ACCOUNT_ID,
    )  # fmt: skip
    details = ask(world, "GetFindingV2", analyzerArn=arn, id=one["id"])
    assert details["findingDetails"][0]["externalAccessDetails"]["principal"] == {"AWS": OTHER}
    assert ask(world, "GetFinding", analyzerArn=arn, id=one["id"])["finding"]["id"] == one["id"]


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        # The conditions can be met, so the access stands with them.
        (
            [lets_in(OTHER, Condition={"StringEquals": {"sts:ExternalId": "abc"}})],
            [({"AWS": OTHER}, {"sts:ExternalId": "abc"})],
        ),
        # A Deny in the same policy takes it away: the text alone would not show that.
        ([lets_in(OTHER), {**lets_in(OTHER), "Effect": "Deny"}], []),
        # A Deny for everyone but the own account, too.
        (
            [
                lets_in("*"),
                {**lets_in("*"), "Effect": "Deny",
                 "Condition": {"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT_ID}}},
            ],
            [],
        ),
        # Only callers of the own account can meet this one.
        ([lets_in("*", Condition={"StringEquals": {"aws:PrincipalAccount": ACCOUNT_ID}})], []),
        (
            [lets_in("*", Condition={"StringEquals": {"aws:PrincipalAccount": STRANGE}})],
            [({"AWS": "*"}, {"aws:PrincipalAccount": STRANGE})],
        ),
        ([lets_in("*")], [({"AWS": "*"}, {})]),
        # No request can meet both.
        (
            [
                lets_in(OTHER, Condition={
                    "StringEquals": {"sts:ExternalId": "a"},
                    "StringNotEquals": {"sts:ExternalId": "a"},
                })
            ],
            [],
        ),
        # The statement allows nothing that enters a role.
        ([lets_in(OTHER, "sts:TagSession")], [({"AWS": OTHER}, {})]),
        # A service that AWS runs is no external principal.
        ([SERVICE], []),
    ],
)  # fmt: skip
def test_the_engine_decides_whether_a_role_can_be_entered_from_outside(
    world: World, statements: list[dict[str, Any]], expected: list[Any]
) -> None:
    world.add_account(OTHER)
    role(world, *statements)
    told = found(world, analyzer(world))
    assert [(principal, condition) for _, principal, _, condition in told] == expected


def test_a_user_and_a_role_of_another_account_are_named_by_their_arns(world: World) -> None:
    there = world.add_account(OTHER)
    world.other(there, "CreateUser", UserName="eve")
    world.other(there, "CreateRole", RoleName="Hop", AssumeRolePolicyDocument=trust(OTHER))
    eve, hop = f"arn:aws:iam::{OTHER}:user/eve", f"arn:aws:iam::{OTHER}:role/Hop"
    role(world, lets_in([eve, hop]))
    assert [one[1] for one in found(world, analyzer(world))] == [{"AWS": eve}, {"AWS": hop}]


def test_an_identity_provider_is_external_access(world: World) -> None:
    who = {"Federated": "accounts.google.com"}
    of_app = {"StringEquals": {"accounts.google.com:aud": "app"}}
    role(world, lets_in(who, "sts:AssumeRoleWithWebIdentity", Condition=of_app))
    (one,) = found(world, analyzer(world))
    assert one[1:3] == (who, ["sts:AssumeRoleWithWebIdentity"])


def test_a_bucket_policy_is_external_access_as_far_as_it_lets_somebody_do_something(
    world: World,
) -> None:
    arn = bucket(
        world,
        {**lets_in(OTHER, "s3:GetObject"), "Resource": "arn:aws:s3:::data/public/*"},
        {**lets_in(OTHER, "s3:ListBucket"), "Resource": "arn:aws:s3:::data"},
        {**lets_in(STRANGE, "s3:ListBucket"), "Resource": "arn:aws:s3:::data"},
        {**lets_in(STRANGE, "s3:*"), "Effect": "Deny", "Resource": "arn:aws:s3:::data"},
    )  # fmt: skip
    assert found(world, analyzer(world)) == [
        (arn.rpartition(":")[2], {"AWS": OTHER}, ["s3:GetObject", "s3:ListBucket"], {})
    ]


def test_block_public_access_ends_what_a_public_policy_gives(world: World) -> None:
    bucket(world, {**lets_in("*", "s3:GetObject"), "Resource": "arn:aws:s3:::data/*"})
    arn = analyzer(world)
    (one,) = ask(world, "ListFindings", analyzerArn=arn)["findings"]
    assert (one["principal"], one["isPublic"]) == ({"AWS": "*"}, True)
    assert one["sources"] == [{"type": "POLICY"}]
    block = {"BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True,
             "RestrictPublicBuckets": True}  # fmt: skip
    perform(world.root(), "s3:PutPublicAccessBlock",
            {"Bucket": "data", "PublicAccessBlockConfiguration": block})  # fmt: skip
    assert found(world, arn) == []


def test_an_organization_as_zone_of_trust_trusts_its_members(world: World) -> None:
    world.add_account(OTHER)
    world.organize()
    world.account.refresh_from_db()
    role(world, lets_in([OTHER, STRANGE]))
    organization = world.sandbox.organization_id
    members = {"StringEquals": {"aws:PrincipalOrgID": organization}}
    role(world, lets_in("*", Condition=members), name="Members")
    whole = ask(world, "CreateAnalyzer", analyzerName="all", type="ORGANIZATION")["arn"]
    assert [one[:2] for one in found(world, whole)] == [("role/R", {"AWS": STRANGE})]
    alone = [(resource, who["AWS"]) for resource, who, _, _ in found(world, analyzer(world))]
    assert alone == [("role/Members", "*"), ("role/R", OTHER), ("role/R", STRANGE)]


def test_a_finding_is_archived_and_resolved_once_its_access_is_gone(world: World) -> None:
    role(world, lets_in(OTHER))
    arn = analyzer(world)
    (one,) = ask(world, "ListFindings", analyzerArn=arn)["findings"]
    ask(world, "UpdateFindings", analyzerArn=arn, status="ARCHIVED", ids=[one["id"]])
    active = {"status": {"eq": ["ACTIVE"]}}
    assert found(world, arn, filter=active) == []
    (archived,) = ask(world, "ListFindings", analyzerArn=arn)["findings"]
    assert (archived["id"], archived["status"]) == (one["id"], "ARCHIVED")
    world.do("UpdateAssumeRolePolicy", RoleName="R", PolicyDocument=trust(ACCOUNT_ID))
    (resolved,) = ask(world, "ListFindingsV2", analyzerArn=arn)["findings"]
    assert (resolved["id"], resolved["status"]) == (one["id"], "RESOLVED")
    ask(world, "UpdateFindings", analyzerArn=arn, status="ACTIVE", ids=[one["id"]])
    assert found(world, arn) == []


def test_findings_come_in_pages_and_by_filters(world: World) -> None:
    role(world, lets_in([OTHER, STRANGE, THIRD]))
    arn = analyzer(world)
    first = ask(world, "ListFindings", analyzerArn=arn, maxResults=2)
    assert len(first["findings"]) == 2
    rest = ask(world, "ListFindings", analyzerArn=arn, nextToken=first["nextToken"])
    assert len(rest["findings"]) == 1
    assert "nextToken" not in rest
    theirs = {"principal.AWS": {"eq": [OTHER]}, "resourceType": {"neq": ["AWS::S3::Bucket"]}}
    assert len(found(world, arn, filter=theirs)) == 1


def refusal(world: World, operation: str, **params: Any) -> str:
    with pytest.raises(AwsError) as caught:
        ask(world, operation, **params)
    return caught.value.code


def test_what_aws_refuses_is_refused(world: World) -> None:
    arn = analyzer(world)
    again = {"analyzerName": "outside", "type": "ACCOUNT"}
    assert refusal(world, "CreateAnalyzer", **again) == "ConflictException"
    another = {"analyzerName": "second", "type": "ACCOUNT"}
    assert refusal(world, "CreateAnalyzer", **another) == "ServiceQuotaExceededException"
    unused = {"analyzerName": "unused", "type": "ACCOUNT_UNUSED_ACCESS"}
    assert refusal(world, "CreateAnalyzer", **unused) == "ValidationException"
    whole = {"analyzerName": "whole", "type": "ORGANIZATION"}
    assert refusal(world, "CreateAnalyzer", **whole) == "ValidationException"
    assert refusal(world, "ListFindings", analyzerArn=f"{arn}x") == "ResourceNotFoundException"
    assert refusal(world, "GetFinding", analyzerArn=arn, id="x") == "ResourceNotFoundException"
    odd = {"analyzerArn": arn, "filter": {"color": {"eq": ["red"]}}}
    assert refusal(world, "ListFindings", **odd) == "ValidationException"
    nothing = {"analyzerArn": arn, "status": "ARCHIVED"}
    assert refusal(world, "UpdateFindings", **nothing) == "ValidationException"
    ask(world, "DeleteAnalyzer", analyzerName="outside")
    assert ask(world, "ListAnalyzers")["analyzers"] == []


def test_findings_need_the_permission_of_access_analyzer(world: World) -> None:
    arn = analyzer(world)
    ann = world.add_user("ann", allow("access-analyzer:ListFindings", resource=arn))
    perform(ann, "access-analyzer:ListFindingsV2", {"analyzerArn": arn})
    with pytest.raises(AccessDenied):
        perform(ann, "access-analyzer:GetFinding", {"analyzerArn": arn, "id": "x"})
    (event,) = [one for one in world.events(ann) if one.name == "ListFindingsV2"]
    assert event.record["eventSource"] == "access-analyzer.amazonaws.com"
