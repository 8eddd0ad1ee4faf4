"""The policy simulator's page."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.pages.visitor import Visitor, text_of
from tests.worlds import ACCOUNT_ID, World, allow, document, trust

ANN = f"arn:aws:iam::{ACCOUNT_ID}:user/ann"


def simulate(visitor: Visitor, do: str = "run", **fields: Any) -> str:
    given = {"mode": "entity", "PolicySourceArn": ANN, "ActionNames": "s3:GetObject", **fields}
    return text_of(visitor.post(reverse("simulator"), do=do, **given))


@pytest.fixture
def ann(world: World) -> World:
    world.add_user("ann", allow("s3:GetObject", resource="arn:aws:s3:::open/*"))
    return world


def test_it_offers_whom_it_can_simulate(ann: World, root: Visitor) -> None:
    ann.add_role("Reader")
    said = text_of(root.get(reverse("simulator")))
    assert "Policy simulator" in said
    assert "Rolecall tools" in said
    for name in ("ann", "Reader"):
        assert name in said


def test_a_decision_names_its_statement_and_every_reason(ann: World, root: Visitor) -> None:
    resources = "arn:aws:s3:::open/a, arn:aws:s3:::shut/b"
    said = simulate(root, ResourceArns=resources)
    assert "Results (2)" in said
    assert "Allowed 1 matching statement user_ann_given, lines 1 to 1" in said
    assert "Denied Implicitly denied (no matching statements)" in said
    assert "Because no identity-based policy allows the s3:GetObject action." in said
    assert "does not match arn:aws:s3:::open/*" in said


def test_a_policy_that_is_written_is_simulated_alone(root: Visitor) -> None:
    policy = allow("s3:*")
    said = simulate(root, mode="custom", PolicyInputList=policy, PolicySourceArn="")
    assert "PolicyInputList.1, lines 1 to 1" in said


def test_boundary_resource_policy_and_context_take_part(ann: World, root: Visitor) -> None:
    limited = simulate(
        root, ResourceArns="arn:aws:s3:::open/a", PermissionsBoundaryPolicyInputList=allow("ec2:*")
    )
    assert "Permissions boundary Does not allow" in limited
    bucket_policy = document(
        {
            "Effect": "Allow",
            "Principal": {"AWS": ANN},
            "Action": "s3:*",
            "Resource": "arn:aws:s3:::shut/*",
            "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}},
        }
    )
    inside = {"key-0": "aws:SourceIp", "type-0": "ip", "value-0": "10.1.2.3"}
    given = {"ResourceArns": "arn:aws:s3:::shut/b", "ResourcePolicy": bucket_policy}
    assert "Allowed 1 matching statement ResourcePolicy" in simulate(root, **given, **inside)
    without = simulate(root, **given)
    assert "The policies ask about keys that the context does not have: aws:SourceIp" in without
    theirs = simulate(root, **given, **inside, ResourceOwner="111122223333")
    assert "Denied" in theirs


def test_assuming_a_role_shows_its_trust_policy(world: World, root: Visitor) -> None:
    world.add_user("ann", allow("sts:AssumeRole"))
    role = world.add_role("Shut")
    world.add_user("bob")
    only_bob = trust(f"arn:aws:iam::{ACCOUNT_ID}:user/bob")
    world.do("UpdateAssumeRolePolicy", RoleName="Shut", PolicyDocument=only_bob)
    said = simulate(root, ActionNames="sts:AssumeRole", ResourceArns=role)
    assert "Because no role trust policy allows the sts:AssumeRole action." in said
    assert "Role trust policy Does not allow" in said


def test_the_actions_of_a_service_are_ticked_and_added(root: Visitor) -> None:
    shown = simulate(root, do="service", service="sts", ActionNames="s3:GetObject")
    assert "sts:AssumeRole" in shown
    fields = {"mode": "entity", "service": "sts", "ActionNames": "s3:GetObject"}
    ticked = ["sts:AssumeRole", "S3:getobject"]
    page = root.post(reverse("simulator"), do="add", action=ticked, **fields)
    assert page.context["form"]["ActionNames"].value() == "s3:GetObject\nsts:AssumeRole"
    assert 'value="sts:AssumeRole" checked' in page.content.decode()


def test_the_keys_that_policies_ask_about_are_filled_in(world: World, root: Visitor) -> None:
    condition = {
        "Bool": {"aws:MultiFactorAuthPresent": "true"},
        "ForAllValues:StringEquals": {"aws:TagKeys": ["a"]},
        "StringEquals": {"aws:PrincipalTag/team": "red"},
    }
    world.add_user("ann", allow("s3:GetObject", Condition=condition))
    typed = {"key-0": "aws:TagKeys", "type-0": "stringList", "value-0": "a,b"}
    given = {"mode": "entity", "PolicySourceArn": ANN, **typed}
    page = root.post(reverse("simulator"), do="keys", **given)
    rows = [(row.key, row.kind, row.values) for _, row in page.context["rows"]]
    assert rows == [
        ("aws:TagKeys", "stringList", "a,b"),
        ("aws:MultiFactorAuthPresent", "boolean", ""),
        ("aws:PrincipalTag/team", "string", ""),
    ]


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"ActionNames": ""}, "Choose at least one action."),
    ({"ActionNames": "GetObject"}, "The action is invalid since it is missing names"),
    ({"PolicySourceArn": ""}, "Choose whose policies to simulate."),
    ({"PolicySourceArn": ANN + "ette"}, "The user with name annette cannot be found."),
    ({"ResourceArns": "bucket"}, "ResourceNames are not in a valid ARN format: bucket."),
    ({"mode": "custom"}, "Write the policy to simulate."),
    (
        {"mode": "custom", "PolicyInputList": '{\n "x": }'},
        "Policy input list item 1 has invalid content: ",
    ),
    (
        {"key-0": "aws:SourceIp", "type-0": "ip", "value-0": "home"},
        "Invalid context value for key aws:SourceIp: expected IP address.",
    ),
    ({"ResourceOwner": "me"}, "'me' is not a valid as a Resource Owner."),
    ({"CallerArn": "me"}, "Caller must be an IAM user, role or group in this context."),
]


@pytest.mark.parametrize(("fields", "sentence"), REFUSED)
def test_a_refusal_is_shown_and_the_typed_values_stay(
    ann: World, root: Visitor, fields: dict[str, Any], sentence: str
) -> None:
    given = {"mode": "entity", "PolicySourceArn": ANN, "ActionNames": "s3:GetObject", **fields}
    page = root.post(reverse("simulator"), do="run", **given)
    assert sentence in text_of(page)
    assert "Results" not in text_of(page)
    for name, value in fields.items():
        if name in page.context["form"].fields:
            assert page.context["form"][name].value() == value


def test_a_denied_simulation_shows_why(ann: World) -> None:
    ann.add_user("bob", allow("iam:ListUsers"))
    page = Visitor(ann, "bob").post(
        reverse("simulator"), do="run", PolicySourceArn=ANN, ActionNames="s3:GetObject"
    )
    said = text_of(page)
    assert "is not authorized to perform: iam:SimulatePrincipalPolicy" in said
    assert "Why?" in said
    assert "user_ann_given" not in said


def test_a_user_who_may_list_nobody_types_an_arn(ann: World) -> None:
    ann.add_user("bob", allow("iam:SimulatePrincipalPolicy"))
    visitor = Visitor(ann, "bob")
    page = visitor.get(reverse("simulator"), source=ANN, action="s3:GetObject")
    assert f'<input type="text" name="PolicySourceArn" value="{ANN}"' in page.content.decode()
    assert "Implicitly denied" in simulate(visitor, ResourceArns="arn:aws:s3:::shut/b")


def test_the_pages_of_principals_lead_here(ann: World, root: Visitor) -> None:
    ann.add_role("Reader")
    ann.do("CreateGroup", GroupName="staff")
    for kind, name in (("user", "ann"), ("role", "Reader"), ("group", "staff")):
        body = root.get(reverse(kind, args=[name]), tab="permissions").content.decode()
        assert f"{reverse('simulator')}?source=arn%3Aaws%3Aiam" in body


def test_queries_do_not_grow_with_what_is_simulated(ann: World, root: Visitor) -> None:
    resources = "\n".join(f"arn:aws:s3:::open/{number}" for number in range(30))
    counts = []
    for more in ({}, {"ActionNames": "s3:GetObject s3:PutObject", "ResourceArns": resources}):
        simulate(root)
        with CaptureQueriesContext(connection) as captured:
            simulate(root, **more)
        counts.append(len(captured))
    assert counts[0] == counts[1]
