"""Statements written from visual blocks, and opened as blocks again."""

import json

import pytest

from console.pages.iam.policy_editor.blocks.block import MFA, Block, BlockCondition
from console.pages.iam.policy_editor.blocks.document_reader import CannotShowError, from_document
from console.pages.iam.policy_editor.blocks.document_writer import to_document, to_text

ROLE = "arn:aws:iam::975050059573:role/S3Role"
NOTES = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "VisualEditor0",
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Resource": "*",
        }
    ],
}


def opened(*statements: dict[str, object]) -> tuple[Block, ...]:
    return from_document(json.dumps({"Version": "2012-10-17", "Statement": list(statements)}))


def test_assume_role_on_all_resources_gives_exactly_the_json_of_the_notes():
    blocks = [Block(service="sts", actions=("AssumeRole",), any_resource=True)]
    assert to_text(blocks) == json.dumps(NOTES, indent=2)


def test_the_json_of_the_notes_opens_as_one_block():
    assert from_document(json.dumps(NOTES)) == (
        Block(service="sts", actions=("AssumeRole",), any_resource=True),
    )


def test_several_actions_and_resources_become_lists():
    block = Block(
        service="sts",
        actions=("TagSession", "AssumeRole"),
        arns=(ROLE, "arn:aws:iam::975050059573:role/Other"),
    )
    (statement,) = to_document([block])["Statement"]
    assert sorted(statement["Action"]) == ["sts:AssumeRole", "sts:TagSession"]
    assert statement["Resource"] == [ROLE, "arn:aws:iam::975050059573:role/Other"]


def test_blocks_are_numbered_in_the_sids():
    blocks = [
        Block(service="sts", actions=("AssumeRole",), any_resource=True),
        Block(service="s3", all_actions=True, any_resource=True, effect="Deny"),
    ]
    statements = to_document(blocks)["Statement"]
    assert [s["Sid"] for s in statements] == ["VisualEditor0", "VisualEditor1"]
    assert statements[1]["Action"] == "s3:*"
    assert statements[1]["Effect"] == "Deny"


def test_actions_that_take_no_resource_go_to_a_statement_of_their_own():
    block = Block(service="sts", actions=("AssumeRole", "GetCallerIdentity"), arns=(ROLE,))
    first, second = to_document([block])["Statement"]
    assert (first["Action"], first["Resource"]) == ("sts:AssumeRole", ROLE)
    assert (second["Action"], second["Resource"]) == ("sts:GetCallerIdentity", "*")


def test_an_action_outside_this_edition_opens_under_manual_actions_and_survives():
    (block,) = opened({"Effect": "Allow", "Action": "sts:AssumeRoot", "Resource": "*"})
    assert block.manual == ("sts:AssumeRoot",)
    assert to_document([block])["Statement"][0]["Action"] == "sts:AssumeRoot"


def test_wildcards_are_manual_actions_and_survive():
    (block,) = opened({"Effect": "Allow", "Action": ["s3:Get*", "s3:ListBucket"], "Resource": "*"})
    assert block.manual == ("s3:Get*",)
    assert block.actions == ("ListBucket",)
    assert to_document([block])["Statement"][0]["Action"] == ["s3:ListBucket", "s3:Get*"]


def test_all_actions_of_a_service_open_as_its_check_box():
    (block,) = opened({"Effect": "Allow", "Action": "STS:*", "Resource": "*"})
    assert block == Block(service="sts", all_actions=True, any_resource=True)


def test_administrator_access_opens_as_all_services():
    (block,) = opened({"Effect": "Allow", "Action": "*", "Resource": "*"})
    assert block.service == "*"
    assert to_document([block])["Statement"][0]["Action"] == "*"


def test_a_statement_of_several_services_opens_as_a_block_each():
    blocks = opened(
        {"Effect": "Allow", "Action": ["sts:AssumeRole", "s3:*"], "Resource": ["*", ROLE]}
    )
    assert [(b.service, b.any_resource) for b in blocks] == [("sts", True), ("s3", True)]


def test_an_action_without_resources_in_a_limited_statement_is_granted_no_wider():
    (block,) = opened({"Effect": "Allow", "Action": "sts:GetCallerIdentity", "Resource": ROLE})
    assert block.manual == ("sts:GetCallerIdentity",)
    assert to_document([block])["Statement"][0]["Resource"] == ROLE


def test_conditions_open_as_the_check_boxes():
    element = {"Bool": {"aws:MultiFactorAuthPresent": True}, "IpAddress": {"aws:SourceIp": "::1"}}
    (block,) = opened({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": element})
    assert block.conditions[0] == MFA
    assert block.conditions[1].is_source_ip


def test_two_values_of_one_operator_and_key_are_joined():
    pair = (
        BlockCondition("StringLike", "aws:username", ("a",)),
        BlockCondition("StringLike", "aws:username", ("b",)),
    )
    block = Block(service="s3", all_actions=True, any_resource=True, conditions=pair)
    written = to_document([block])["Statement"][0]["Condition"]
    assert written == {"StringLike": {"aws:username": ["a", "b"]}}


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ("NotAction", "iam:*"),
        ("NotResource", "*"),
        ("Principal", "*"),
        ("NotPrincipal", {"AWS": "*"}),
    ],
)
def test_it_reports_a_policy_that_it_cannot_show(element, value):
    with pytest.raises(CannotShowError) as cannot:
        opened({"Effect": "Allow", "Action": "s3:*", "Resource": "*", element: value})
    assert element in cannot.value.reason


@pytest.mark.parametrize(
    "text",
    ["[]", "3", '{"Statement": 3}', '{"Statement": [{"Effect": "Maybe"}]}', '{"Id": ["x"]}',
     '{"Statement": {"Effect": "Allow", "Action": "Get", "Resource": "*"}}',
     '{"Statement": {"Effect": "Allow", "Action": {}, "Resource": "*"}}',
     '{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": [[]]}}',
     '{"Statement": {"Effect": "Allow", "Condition": {"Bool": {"k": [null]}}}}',
     '{"Statement": {"Effect": "Allow", "Condition": {"Bool": "k"}}}',
     '{"Statement": {"Effect": "Allow", "Condition": []}}',
     '{"Statement": {"Effect": "Allow", "Effect": "Deny"}}',
     '{"Statement": {"Effect": "Allow", "Action": "s3:\\ud800", "Resource": "*"}}',
     "[" * 100_000,
     '{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "${x}"}}'],
)  # fmt: skip
def test_odd_documents_are_refused_with_a_reason(text):
    with pytest.raises(CannotShowError):
        from_document(text)


def test_an_empty_editor_writes_the_start_document():
    statement = {"Sid": "Statement1", "Effect": "Allow", "Action": [], "Resource": []}
    assert to_document([Block()]) == {"Version": "2012-10-17", "Statement": [statement]}
    assert from_document(to_text([Block()])) == (Block(),)


def test_parts_that_differ_in_their_services_alone_are_one_statement():
    blocks = opened(
        {"Effect": "Allow", "Action": ["s3:GetObject", "sts:AssumeRole", "ec2:Describe*"],
         "Resource": "*"},
        {"Effect": "Allow", "Action": ["sts:TagSession"], "Resource": "*"},
        {"Effect": "Deny", "Action": ["sts:TagSession"], "Resource": "*"},
    )  # fmt: skip
    first, second = to_document(blocks)["Statement"]
    assert first["Action"] == ["s3:GetObject", "sts:AssumeRole", "sts:TagSession", "ec2:Describe*"]
    assert second["Effect"] == "Deny"
