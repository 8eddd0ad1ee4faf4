"""Edit statement, the pane beside the JSON editor: every button, with and without JavaScript."""

import html
import json
from typing import Any

import pytest
from django.urls import reverse

from iam.perform import perform
from tests.pages.policy_editor.paper_browser import PaperBrowser
from tests.pages.policy_editor.steps import user_policy
from tests.pages.visitor import Visitor, markup_of
from tests.worlds import World

TYPED = """{
    "Version": "2012-10-17",
    "Statement": [
        { "Sid": "One", "Effect": "Allow", "Action": ["s3:Get*", "iam:GetUser"], "Resource": "*" },
        {
            "Sid": "Two", "Effect": "Deny",
            "Action": "sts:AssumeRole", "Resource": ["arn:aws:iam::111122223333:role/a"]
        }
    ]
}"""
FIRST = TYPED.splitlines()[3].rstrip(",")
SECOND = "\n".join(TYPED.splitlines()[4:8])
NONE_SELECTED = "Select an existing statement in the policy or add a new statement."


def choose(page: PaperBrowser, number: int) -> PaperBrowser:
    return page.type("st", str(number)).press("st-open")


@pytest.fixture
def pane(editor: PaperBrowser) -> PaperBrowser:
    """The JSON editor with two statements, of which none is selected."""
    return editor.press("json").type("document", TYPED).press("st-add").press("st-remove")


@pytest.fixture
def trust(visitor: Visitor) -> PaperBrowser:
    """The trust policy of S3Role with its one statement selected."""
    return choose(PaperBrowser(visitor, reverse("trust_edit", args=["S3Role"])), 0)


def text(page: PaperBrowser) -> str:
    return str(page.control("document")["value"])


def statements(page: PaperBrowser) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text(page))["Statement"]
    return found


def test_a_statement_is_selected_or_added(pane):
    assert text(pane) == TYPED
    assert NONE_SELECTED in pane.text
    choose(pane, 1)
    assert NONE_SELECTED not in pane.text
    assert "Edit statement Two" in pane.text
    assert text(pane) == TYPED


def test_a_new_statement_follows_the_others_as_they_were_typed(pane):
    pane.press("st-add")
    new = {"Sid": "Statement1", "Effect": "Allow", "Action": [], "Resource": []}
    assert statements(pane)[2] == new
    assert text(pane).startswith(TYPED[: TYPED.index(SECOND) + len(SECOND)] + ",\n        {\n")
    assert "Edit statement Statement1" in pane.text
    pane.press("st-add")
    assert [s["Sid"] for s in statements(pane)] == ["One", "Two", "Statement1", "Statement2"]


@pytest.mark.parametrize("typed", ["", '{"Version": "2012-10-17"}', '{"Statement": []}'])
def test_the_first_statement_of_a_document_is_added(pane, typed):
    pane.type("document", typed).press("st-add")
    assert [s["Sid"] for s in statements(pane)] == ["Statement1"]


def test_a_statement_without_a_list_gets_a_companion(pane):
    alone = '{\n  "Statement": {"Sid":"A",  "Effect":"Deny", "Action": "*", "Resource": "*"}\n}'
    pane.type("document", alone).press("st-add")
    assert [s["Sid"] for s in statements(pane)] == ["A", "Statement1"]
    assert '[{"Sid":"A",  "Effect":"Deny", "Action": "*", "Resource": "*"}, {' in text(pane)


@pytest.mark.parametrize(("number", "kept"), [(0, SECOND), (1, FIRST)])
def test_a_statement_is_removed_and_the_other_stays_as_typed(pane, number, kept):
    choose(pane, number).press("st-remove")
    assert [s["Sid"] for s in statements(pane)] == ["One" if number else "Two"]
    assert kept.strip() in text(pane)
    assert NONE_SELECTED in pane.text


def test_the_last_statement_leaves_an_empty_list(pane):
    choose(pane, 0).press("st-remove")
    choose(pane, 0).press("st-remove")
    assert statements(pane) == []


def test_actions_of_a_service_are_ticked_and_cleared(pane):
    choose(pane, 0).press("st-choose:iam").press("st-level:Read").press("st-level:List")
    assert pane.control("st-action", "GetUser")["on"]
    pane.tick("st-action", "ListUsers").tick("st-action", "GetUser", on=False).press("st-actions")
    assert statements(pane)[0]["Action"] == ["s3:Get*", "iam:ListUsers"]
    assert SECOND in text(pane)
    assert "List (Selected 1/" in pane.text
    pane.tick("st-all", "*").press("st-actions")
    assert statements(pane)[0]["Action"] == ["s3:Get*", "iam:ListUsers", "iam:*"]
    pane.press("st-drop:actions:0")
    assert statements(pane)[0]["Action"] == ["iam:ListUsers", "iam:*"]


def test_a_closed_level_keeps_its_actions_and_is_picked_whole(pane):
    choose(pane, 0).press("st-choose:iam").tick("st-level", "Tagging").press("st-actions")
    chosen = statements(pane)[0]["Action"]
    assert chosen[:3] == ["s3:Get*", "iam:GetUser", "iam:TagInstanceProfile"]
    assert "Tagging (Selected 16/16)" in pane.text
    pane.tick("st-level", "Tagging", on=False).press("st-actions")
    assert statements(pane)[0]["Action"] == ["s3:Get*", "iam:GetUser"]


def test_what_is_ticked_stays_while_a_level_is_opened_and_another_filtered(pane):
    choose(pane, 0).press("st-choose:iam").press("st-level:List").tick("st-action", "ListUsers")
    pane.press("st-level:Read").type("st-filter", "delete user pol").press("st-filter")
    pane.tick("st-action", "DeleteUserPolicy").type("st-filter", "none").press("st-filter")
    assert "No actions match." in pane.text
    assert text(pane) == TYPED
    pane.press("st-actions")
    assert statements(pane)[0]["Action"] == [
        "s3:Get*", "iam:GetUser", "iam:DeleteUserPolicy", "iam:ListUsers"
    ]  # fmt: skip


@pytest.mark.parametrize(("do", "part"), [("st-level:Read", "st-level-read"),
                                          ("st-filter", "st-levels")])  # fmt: skip
def test_htmx_brings_of_the_actions_what_was_opened_or_filtered(pane, do, part):
    choose(pane, 0).press("st-choose:iam").type("st-filter", "" if ":" in do else "user")
    pane.press(do, HX_Request="true")
    assert (pane.response["HX-Retarget"], pane.response["HX-Reswap"]) == (f"#{part}", "outerHTML")
    assert f'id="{part}"' in markup_of(pane.response)[:300]
    assert 'value="GetUser" checked' in " ".join(markup_of(pane.response).split())


def test_a_service_is_found_by_its_name_and_another_chosen(pane):
    choose(pane, 1).type("st-find", "sts").press("enter")
    assert pane.control("st-action", "AssumeRole")["on"]
    pane.press("st-choose:")
    assert pane.control("st-find")["value"] == ""


def test_a_resource_is_added_and_removed(pane):
    choose(pane, 1).type("st-arn", "arn:aws:iam::111122223333:role/b").press("st-resource")
    both = [f"arn:aws:iam::111122223333:role/{name}" for name in "ab"]
    assert statements(pane)[1]["Resource"] == both
    assert FIRST in text(pane)
    assert pane.control("st-arn")["value"] == ""
    pane.press("st-drop:resources:0")
    assert statements(pane)[1]["Resource"] == both[1:]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Enter an ARN, or * for all resources."),
     ("bucket", 'Resource bucket must be in ARN format or "*".')],
)  # fmt: skip
def test_a_malformed_arn_is_reported_at_its_field(pane, typed, sentence):
    choose(pane, 1).type("st-arn", typed).press("st-resource")
    assert sentence in pane.text
    assert pane.control("st-arn")["value"] == typed
    assert text(pane) == TYPED


def test_a_condition_is_added_with_its_qualifier_and_removed(pane):
    choose(pane, 0).type("st-new-key", "aws:TagKeys").type("st-new-operator", "StringLike")
    pane.type("st-new-qualifier", "ForAllValues").type("st-new-value", "a\nb").tick(
        "st-new-if_exists"
    )
    pane.press("st-condition")
    wanted = {"ForAllValues:StringLikeIfExists": {"aws:TagKeys": ["a", "b"]}}
    assert statements(pane)[0]["Condition"] == wanted
    assert SECOND in text(pane)
    pane.press("st-drop:conditions:0")
    assert "Condition" not in statements(pane)[0]


def test_an_incomplete_condition_shows_what_is_missing(pane):
    choose(pane, 0).type("st-new-key", "aws").press("st-condition")
    for sentence in ("Choose a condition key", "Choose an operator.", "Type at least one value"):
        assert sentence in pane.text
    assert pane.control("st-new-key")["value"] == "aws"
    assert text(pane) == TYPED


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("{", "Ln 1, Col 2: A key in double quotes is missing here."),
     ('{"Statement": [], "Statement": []}', "once the document is valid JSON."),
     ('{"Statement": 1}', "The document is not a policy yet"),
     ('{"Statement": [{"Action": 1}]}', "Statement 1: Action must be text or a list of text"),
     ('{"Statement": [{"Condition": []}]}', "Statement 1: Condition must be an object")],
)  # fmt: skip
@pytest.mark.parametrize("do", ["st-add", "st-open"])
def test_an_unreadable_document_is_reported_and_stays(pane, typed, sentence, do):
    pane.type("document", typed).press(do)
    assert sentence in pane.text
    assert text(pane) == typed


def test_the_document_of_the_pane_is_saved(pane, world):
    choose(pane, 1).press("st-remove")
    made = text(pane)
    pane.press("next").type("name", "made").press("save")
    assert user_policy(world, "made") == made


def test_htmx_brings_the_pane_alone_with_the_document_and_its_findings(pane):
    choose(pane, 0).press("st-add", HX_Request="true")
    response = pane.response
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#statement-pane", "outerHTML")
    page = html.unescape(markup_of(response))
    assert page.startswith('<section class="container statement-pane"')
    assert "data-written" in page
    assert '"Sid": "Statement1"' in page
    assert 'hx-swap-oob="innerHTML:[data-findings-root]"' in page


def test_while_the_document_is_typed_its_statements_follow(pane):
    choose(pane, 1).type("document", TYPED.replace("Two", "Three \U0001f600"))
    data = [*pane.sent(), ("do", "check")]
    page = pane.client.post(pane.url, dict(data), headers={"HX-Request": "true"}).content.decode()
    assert 'hx-swap-oob="true"' in page
    assert "Three" in page
    start = TYPED.index(SECOND.strip())
    end = start + len(SECOND.strip()) + len("Three \U0001f600".encode("utf-16-le")) // 2 - 3
    assert f" {start}-{end}" in page


@pytest.mark.parametrize(
    ("kind", "who", "wanted"),
    [("account", "111122223333", {"AWS": "111122223333"}),
     ("user", "arn:aws:iam::111122223333:user/a", {"AWS": "arn:aws:iam::111122223333:user/a"}),
     ("service", "ec2.amazonaws.com", {"Service": "ec2.amazonaws.com"}),
     ("provider", "accounts.google.com", {"Federated": "accounts.google.com"}),
     ("everyone", "", {"AWS": "*"})],
)  # fmt: skip
def test_a_principal_is_added_to_a_new_statement_of_a_trust_policy(trust, kind, who, wanted):
    before = text(trust)
    trust.press("st-add").type("st-type", kind).type("st-who", who).press("st-principal")
    new = {"Sid": "Statement1", "Effect": "Allow", "Principal": wanted, "Action": "sts:AssumeRole"}
    assert statements(trust) == [*json.loads(before)["Statement"], new]


def test_principals_of_one_type_are_listed_and_removed(trust, world):
    trust.type("st-who", "111122223333").press("st-principal")
    assert statements(trust)[0]["Principal"] == {"AWS": [world.account.root_arn, "111122223333"]}
    trust.press("st-drop:principals:0")
    assert statements(trust)[0]["Principal"] == {"AWS": "111122223333"}


def test_a_malformed_principal_is_reported_at_its_field(trust):
    before = text(trust)
    trust.type("st-who", "somebody").press("st-principal")
    assert "Enter an account ID of 12 digits, or an ARN." in trust.text
    assert trust.control("st-who")["value"] == "somebody"
    assert text(trust) == before


def test_a_trust_policy_lists_the_actions_of_sts_that_trust_is_about(trust, world):
    assert "Add actions for STS" in trust.text
    assert not [c for c in trust.controls if c.get("value") == "GetCallerIdentity"]
    trust.tick("st-action", "TagSession").press("st-actions")
    assert statements(trust)[0]["Action"] == ["sts:AssumeRole", "sts:TagSession"]
    trust.press("save")
    role = perform(world.root(), "iam:GetRole", {"RoleName": "S3Role"})["Role"]
    assert "sts:TagSession" in role["AssumeRolePolicyDocument"]


def test_enter_in_the_trust_editor_presses_the_button_of_its_field(trust):
    trust.type("st-who", "111122223333").press("enter")
    assert "111122223333" in statements(trust)[0]["Principal"]["AWS"]


def test_with_htmx_the_trust_editor_brings_its_offer_too(trust):
    trust.press("st-add", HX_Request="true")
    assert b'id="trust-offer"' in trust.response.content
    assert trust.response["HX-Retarget"] == "#statement-pane"


def test_the_pane_of_another_editor_is_unknown_to_the_visual_one(
    editor: PaperBrowser, world: World
):
    editor.show(editor.client.post(editor.url, dict([*editor.sent(), ("do", "st-add")])))
    assert editor.response.status_code == 200
    assert editor.control("mode")["value"] == "visual"
