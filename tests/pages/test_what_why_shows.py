"""*Why?* shows no text of a policy that the viewer may not read, and every text that it may."""

import json
import random
from contextlib import suppress
from typing import Any

import pytest
from django.urls import reverse

from iam.factories import ControlPolicyFactory
from iam.models import Event
from iam.models.organizations import ROOT, found_organization
from iam.perform import AccessDenied, perform
from iam.trail import end_visit
from iam.wire.errors import AwsError
from tests.pages.visitor import Visitor, open_world, text_of
from tests.worlds import ACCOUNT_ID, World, allow, document

BOB = f"arn:aws:iam::{ACCOUNT_ID}:user/bob"
POLICY = f"arn:aws:iam::{ACCOUNT_ID}:policy/"
BUCKET, KEY, ROLE = (
    "arn:aws:s3:::data",
    "arn:aws:s3:::data/key",
    f"arn:aws:iam::{ACCOUNT_ID}:role/R",
)
MANAGERS = "111122223333"
READS: dict[str, tuple[str, str, dict[str, str]]] = {
    "inline": ("iam:GetUserPolicy", BOB, {"UserName": "bob", "PolicyName": "inline"}),
    "group": (
        "iam:GetGroupPolicy",
        f"arn:aws:iam::{ACCOUNT_ID}:group/team",
        {"GroupName": "team", "PolicyName": "group"},
    ),
    "managed": (
        "iam:GetPolicyVersion",
        f"{POLICY}managed",
        {"PolicyArn": f"{POLICY}managed", "VersionId": "v1"},
    ),
    "boundary": (
        "iam:GetPolicyVersion",
        f"{POLICY}boundary",
        {"PolicyArn": f"{POLICY}boundary", "VersionId": "v1"},
    ),
    "trust": ("iam:GetRole", ROLE, {"RoleName": "R"}),
    "bucket": ("s3:GetBucketPolicy", BUCKET, {"Bucket": "data"}),
}
CALLS = (
    ("sts:AssumeRole", {"RoleArn": ROLE, "RoleSessionName": "lesson"}),
    ("s3:GetObject", {"Bucket": "data", "Key": "key"}),
    ("s3:ListObjectsV2", {"Bucket": "data"}),
)


def _statement(rng: random.Random, mark: str, **others: Any) -> dict[str, Any]:
    """Return a statement in whose every part there is the mark, by which its text is known."""
    effect = rng.choice(["Allow", "Allow", "Deny"])
    body: dict[str, Any] = {"Sid": f"{mark}Sid", "Effect": effect, **others}
    condition = rng.choice(
        [
            {},
            {"StringEquals": {"sts:ExternalId": f"{mark}-external"}},
            {"StringEquals": {"s3:prefix": f"{mark}-prefix"}},
            {"StringNotEquals": {"aws:userid": f"{mark}-someone"}},
            {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
        ]
    )
    return {**body, "Condition": condition} if condition else body


def _text(rng: random.Random, mark: str, *more: dict[str, Any], **others: Any) -> str:
    return document(*more, *(_statement(rng, mark, **others) for _ in range(rng.randint(1, 2))))


def _several(text: str) -> str:
    """Number the Sids of a document, which must differ."""
    whole = json.loads(text)
    for number, one in enumerate(whole["Statement"]):
        one["Sid"] = f"{one.get('Sid', 'Plain')}{number}"
    return json.dumps(whole)


@pytest.fixture
def world(db: None) -> World:
    """A member account with bob, whom policies of every layer bind."""
    world = open_world()
    found_organization(world.add_account(MANAGERS))
    world.sandbox.refresh_from_db()
    world.account.refresh_from_db()
    return world


def _built(world: World, rng: random.Random) -> dict[str, bool]:
    """Give the world random policies; return by mark whether bob may read each."""
    doing = {"Action": ["sts:AssumeRole", "s3:*"], "Resource": "*"}
    full = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    rights: list[dict[str, Any]] = []
    for operation, resource, _ in READS.values():
        effect = rng.choice(["Allow", "Allow", "Deny", ""])
        if effect:
            rights.append({"Effect": effect, "Action": operation, "Resource": resource})
    world.do("CreateUser", UserName="bob")
    world.do("CreateGroup", GroupName="team")
    world.do("AddUserToGroup", GroupName="team", UserName="bob")
    given = [*rights, *([full] if rng.random() < 0.2 else [])]
    if given:
        world.do(
            "PutGroupPolicy", GroupName="team", PolicyName="rights", PolicyDocument=document(*given)
        )
    texts = {
        "inline": _several(_text(rng, "inlinemark", **doing)),
        "group": _several(_text(rng, "groupmark", **doing)),
        "managed": _several(_text(rng, "managedmark", **doing)),
        "boundary": _several(_text(rng, "boundarymark", full, **doing)),
        "trust": _several(_text(rng, "trustmark", Principal={"AWS": BOB}, Action="sts:AssumeRole")),
        "bucket": _several(
            _text(rng, "bucketmark", Principal={"AWS": BOB}, Action="s3:*", Resource=[BUCKET, KEY])
        ),
    }
    world.do("PutUserPolicy", UserName="bob", PolicyName="inline", PolicyDocument=texts["inline"])
    world.do("PutGroupPolicy", GroupName="team", PolicyName="group", PolicyDocument=texts["group"])
    for name in ("managed", "boundary"):
        world.do("CreatePolicy", PolicyName=name, PolicyDocument=texts[name])
    world.do("AttachUserPolicy", UserName="bob", PolicyArn=f"{POLICY}managed")
    world.do("PutUserPermissionsBoundary", UserName="bob", PermissionsBoundary=f"{POLICY}boundary")
    world.do("CreateRole", RoleName="R", AssumeRolePolicyDocument=texts["trust"])
    perform(world.root(), "s3:CreateBucket", {"Bucket": "data"})
    perform(world.root(), "s3:PutBucketPolicy", {"Bucket": "data", "Policy": texts["bucket"]})
    ControlPolicyFactory.create(
        sandbox=world.sandbox, name="limit", targets=[ROOT],
        document=_several(_text(rng, "scpmark", **doing)),
    )  # fmt: skip
    readable = {f"{name}mark": _may_read(world, *READS[name]) for name in READS}
    return {**readable, "scpmark": False}


def _may_read(world: World, operation: str, _: str, params: dict[str, str]) -> bool:
    try:
        perform(world.user("bob"), operation, params)
    except AccessDenied:
        return False
    return True


@pytest.mark.parametrize("seed", range(8))
def test_why_shows_the_texts_that_its_viewer_may_read_and_no_others(
    world: World, seed: int
) -> None:
    rng = random.Random(seed)  # noqa: S311
    readable = _built(world, rng)
    bob = Visitor(world, "bob")
    for operation, params in CALLS:
        caller = world.user("bob")
        with suppress(AwsError):
            perform(caller, operation, params)
        end_visit(caller.visit)
        name = operation.partition(":")[2].removesuffix("V2")
        event = Event.in_sandbox(world.sandbox).filter(name__startswith=name).first()
        assert event is not None
        page = bob.get(reverse("why", args=[event.event_id]))
        applied = {one["name"] for kept in event.decisions for one in kept["manifest"]}
        body = page.content.decode()
        for mark, may in readable.items():
            assert (mark in body) <= may, (operation, mark)
            layer = {"trustmark": "trust policy", "bucketmark": "bucket policy"}.get(mark, mark)
            if may and layer.removesuffix("mark") in applied:
                assert mark in body, (operation, mark)
        assert event.decisions, (operation, event.record.get("errorMessage"))
        if not all(readable.values()):
            assert "To see its text, you need" in text_of(page)


@pytest.mark.parametrize("seed", range(2))
def test_the_simulator_shows_the_texts_that_its_user_may_read_and_no_others(
    world: World, seed: int
) -> None:
    readable = _built(world, random.Random(seed))  # noqa: S311
    text = allow("iam:SimulatePrincipalPolicy", "iam:GetContextKeysForPrincipalPolicy")
    world.do("PutGroupPolicy", GroupName="team", PolicyName="simulates", PolicyDocument=text)
    asked = {"mode": "entity", "PolicySourceArn": BOB, "ActionNames": "sts:AssumeRole s3:GetObject"}
    page = Visitor(world, "bob").post(
        reverse("simulator"), do="run", ResourceArns=f"{ROLE} {KEY}", **asked
    )
    body = page.content.decode()
    assert "Results (4)" in text_of(page)
    assert {mark for mark in readable if mark in body} <= {
        mark for mark, may in readable.items() if may
    }
    assert all(mark in body for mark, may in readable.items() if may and mark == "inlinemark")
