"""What holds for every policy that the visual editor writes or opens."""

import json
from typing import Any

from django.http import QueryDict
from hypothesis import example, given
from hypothesis import strategies as st

from console.pages.iam.policy_editor.blocks.block import Block, BlockCondition
from console.pages.iam.policy_editor.blocks.document_reader import from_document
from console.pages.iam.policy_editor.blocks.document_writer import to_document, to_text
from console.pages.iam.policy_editor.blocks.form_fields import block_fields, blocks_from
from iam.catalogue import service
from iam.engine import LayeredPolicies, PolicySource, Principal, Request, decide, parse_policy

ACCOUNT = "975050059573"
USER = f"arn:aws:iam::{ACCOUNT}:user/user1"
STUDENT = Principal(kind="user", account=ACCOUNT, arn=USER)
SERVICES = ("sts", "s3", "iam", "no-such-service")
ARNS = (
    f"arn:aws:iam::{ACCOUNT}:role/S3Role",
    f"arn:aws:iam::{ACCOUNT}:role/*",
    f"arn:aws:iam::{ACCOUNT}:user/user1",
    "arn:aws:s3:::bucket",
    "arn:aws:s3:::bucket/*",
    "arn:aws:s3:::*",
)
RESOURCES = (*ARNS, "*", "arn:aws:s3:::bucket/a", f"arn:aws:iam::{ACCOUNT}:role/Other")
MANUAL = ("Get*", "List*", "AssumeRoot", "assume?ole", "New")
CONDITIONS = (
    BlockCondition("Bool", "aws:MultiFactorAuthPresent", ("true",)),
    BlockCondition("IpAddress", "aws:SourceIp", ("203.0.113.0/24", "::1")),
    BlockCondition("ForAnyValue:StringLikeIfExists", "aws:PrincipalTag/team", ("a", "b*")),
    BlockCondition("StringEquals", "aws:username", ("user1",)),
)


def names_of(prefix: str) -> list[str]:
    found = service(prefix)
    return [action.name for action in found.actions] if found else []


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    prefix = draw(st.sampled_from((*SERVICES, "*")))
    all_actions = prefix == "*" or draw(st.booleans())
    names = names_of(prefix)
    ticked = draw(st.sets(st.sampled_from(names), max_size=6)) if names else set()
    manual = draw(st.lists(st.sampled_from(MANUAL), unique=True, max_size=3))
    if not ticked and not manual and not all_actions:
        manual = ["Get*"]
    return Block(
        service=prefix,
        effect=draw(st.sampled_from(("Allow", "Deny"))),
        all_actions=all_actions,
        actions=tuple(name for name in names if name in ticked),
        manual=() if prefix == "*" else tuple(f"{prefix}:{name}" for name in manual),
        any_resource=draw(st.booleans()),
        arns=tuple(draw(st.lists(st.sampled_from(ARNS), unique=True, max_size=3))),
        conditions=tuple(draw(st.lists(st.sampled_from(CONDITIONS), unique=True, max_size=3))),
    )


several_blocks = st.lists(blocks(), min_size=1, max_size=3)


@st.composite
def statements(draw: st.DrawFn) -> dict[str, Any]:
    """A statement as a person may write it, with several services and cases mixed."""
    actions = st.sampled_from(
        ("sts:AssumeRole", "STS:assumerole", "sts:*", "sts:GetCallerIdentity", "sts:AssumeRoot",
         "s3:GetObject", "s3:Get*", "s3:ListAllMyBuckets", "iam:*", "*", "x:Y")
    )  # fmt: skip
    resources = st.sampled_from(RESOURCES)
    statement: dict[str, Any] = {
        "Effect": draw(st.sampled_from(("Allow", "Deny"))),
        "Action": draw(actions | st.lists(actions, min_size=1, max_size=4)),
        "Resource": draw(resources | st.lists(resources, min_size=1, max_size=3)),
    }  # fmt: skip
    if draw(st.booleans()):
        statement["Condition"] = draw(st.sampled_from((
            {},
            {"Bool": {"aws:MultiFactorAuthPresent": True}},
            {"StringEquals": {"aws:username": ["user1", "user2"]}},
            {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}, "Null": {"aws:x": "true"}},
        )))  # fmt: skip
    return statement


documents = st.lists(statements(), min_size=1, max_size=3).map(
    lambda found: {"Version": "2012-10-17", "Statement": found}
)
requests = st.builds(
    Request,
    principal=st.just(STUDENT),
    action=st.sampled_from(
        ("sts:AssumeRole", "sts:GetCallerIdentity", "sts:AssumeRoot", "s3:GetObject",
         "s3:ListAllMyBuckets", "iam:GetRole", "x:Y")
    ),
    resource=st.sampled_from(RESOURCES[:-3] + RESOURCES[-2:]),
    resource_account=st.just(ACCOUNT),
    context=st.sampled_from((
        {},
        {"aws:username": "user1", "aws:SourceIp": "203.0.113.7"},
        {"aws:MultiFactorAuthPresent": "true", "aws:username": "user9"},
    )),
)  # fmt: skip


def verdict(document: dict[str, Any], request: Request) -> str:
    source = PolicySource(parse_policy(json.dumps(document)), "policy")
    return str(decide(request, LayeredPolicies(identity=(source,))).verdict)


@given(several_blocks)
def test_a_document_of_the_visual_editor_opens_and_is_written_the_same(written):
    document = to_document(written)
    assert to_document(from_document(json.dumps(document))) == document


@given(several_blocks)
def test_the_json_shown_is_the_document(written):
    assert json.loads(to_text(written)) == to_document(written)


@given(documents)
def test_opening_and_writing_twice_is_the_same_as_once(document):
    once = to_document(from_document(json.dumps(document)))
    assert to_document(from_document(json.dumps(once))) == once


@given(documents, requests)
@example(
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:GetCallerIdentity",
     "Resource": ARNS[0]}},
    Request(STUDENT, "sts:GetCallerIdentity", "*", ACCOUNT, {}),
)  # fmt: skip
def test_a_policy_opened_and_written_decides_as_before(document, request_):
    rewritten = to_document(from_document(json.dumps(document)))
    assert verdict(rewritten, request_) == verdict(document, request_)


@given(several_blocks)
def test_blocks_survive_the_form(written):
    posted = QueryDict(mutable=True)
    for name, value in block_fields(written):
        posted.appendlist(name, value)
    assert list(blocks_from(posted)) == written


@given(st.lists(blocks(), min_size=1, max_size=2))
def test_no_action_that_takes_no_resource_is_limited_to_one(written):
    for statement in to_document(written)["Statement"]:
        actions = statement["Action"]
        for action in actions if isinstance(actions, list) else [actions]:
            prefix, _, name = action.partition(":")
            found = service(prefix)
            known = found.action(name) if found and name in names_of(prefix) else None
            if known and not known.resource_types:
                assert statement["Resource"] == "*"
