"""What the visual editor sends: values of what is closed, lists of what is open.

The policies are AWS's own examples, which the editor once showed in 4 to 8 MB.
"""

import json
import re
from typing import Any

import pytest
from django.urls import reverse

from console.pages.iam.policy_editor.blocks.document_reader import from_document
from iam import catalogue
from tests.pages.policy_editor.paper_browser import PaperBrowser
from tests.pages.policy_editor.steps import sts
from tests.pages.visitor import markup_of

HTMX = {"HX-Request": "true"}
MOST = 300_000


def opened(editor: PaperBrowser, text: str) -> PaperBrowser:
    return editor.press("json").type("document", text).press("visual")


def opened_policy(editor: PaperBrowser, name: str) -> PaperBrowser:
    return opened(editor, aws_document(name))


def aws_document(name: str) -> str:
    found = next(p for p in catalogue.managed_policies() if p.name == name)
    return found.document


def written(editor: PaperBrowser) -> dict[str, Any]:
    text = editor.press("json").control("document")["value"]
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def allowing(*actions: str) -> str:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.mark.parametrize("name", [
    "AmazonEBSCSIDriverPolicy", "AmazonEKSClusterPolicy", "AWSServiceRoleForAmazonEKSNodegroup",
    "AmazonEKSServicePolicy",
])  # fmt: skip
def test_a_policy_of_many_actions_is_a_page_of_less_than_300_kb(editor, name):
    opened_policy(editor, name)
    assert "Actions allowed" in editor.text
    assert len(editor.response.content) < MOST


def test_a_statement_of_many_actions_is_a_page_of_less_than_300_kb_beside_its_json(editor):
    document = json.loads(aws_document("ViewOnlyAccess"))
    editor.press("json").type("document", json.dumps(document)).press("st-add").type("st", "0")
    for do in ("st-open", "st-choose:ec2", "st-actions"):
        editor.press(do)
        assert len(editor.response.content) < MOST
    statements = json.loads(editor.control("document")["value"])["Statement"]
    assert statements[:-1] == document["Statement"]
    count = len(statements[0]["Action"])
    assert f"Show {count - 50} more" in editor.text
    editor.press("st-included").press(f"st-drop:actions:{count - 1}")
    (kept, *_) = json.loads(editor.control("document")["value"])["Statement"]
    assert kept["Action"] == statements[0]["Action"][:-1]


@pytest.mark.parametrize("name", ["AmazonEBSCSIDriverPolicy", "ViewOnlyAccess"])
def test_nothing_is_lost_of_what_is_closed(editor, name):
    document = json.loads(aws_document(name))
    assert written(opened_policy(editor, name)) == document
    editor.press("visual").press("more")
    assert written(editor) == document


def test_a_level_that_is_opened_lists_its_actions_and_keeps_the_others(editor):
    opened(editor, allowing("ec2:RunInstances", "ec2:DescribeVpcs"))
    assert editor.values("b0-action") == ["DescribeVpcs", "RunInstances"]
    editor.press("level:0:Write").tick("b0-action", "StopInstances").tick("b0-all").press("refresh")
    editor.tick("b0-all", on=False).press("collapse:0")
    assert editor.values("b0-action") == []
    (statement,) = written(editor)["Statement"]
    assert sorted(statement["Action"]) == [
        "ec2:DescribeVpcs", "ec2:RunInstances", "ec2:StopInstances",
    ]  # fmt: skip


def test_all_of_a_level_is_picked_and_cleared_without_its_list(editor):
    editor.press("choose:0:ec2").tick("b0-level", "Tagging").press("refresh")
    assert "Tagging (Selected 2/2)" in editor.text
    editor.tick("b0-level", "Tagging", on=False).press("refresh")
    assert "Tagging (2)" in editor.text


def test_the_filter_lists_what_matches_and_keeps_the_rest(editor):
    opened(editor, allowing("ec2:RunInstances"))
    editor.type("b0-filter", "stop inst").press("filter:0").tick("b0-action", "StopInstances")
    editor.type("b0-filter", "nothing").press("filter:0")
    assert "No actions match." in editor.text
    (statement,) = written(editor)["Statement"]
    assert sorted(statement["Action"]) == ["ec2:RunInstances", "ec2:StopInstances"]


def test_a_folded_block_sends_its_values_and_is_unfolded_by_its_button(editor):
    services = ("ec2", "s3", "sns", "sqs", "kms", "iam", "glue")
    opened(editor, allowing(*(f"{name}:Get*" for name in services)))
    assert editor.text.count("Actions allowed") == 5
    editor.press("open:6")
    assert editor.text.count("Actions allowed") == 6
    editor.press("remove:1")
    assert editor.text.count("Actions allowed") == 5
    (statement,) = written(editor)["Statement"]
    assert statement["Action"] == [f"{name}:Get*" for name in services if name != "s3"]


def test_resource_types_beyond_twenty_are_listed_on_demand(editor):
    opened(editor, allowing("ec2:Describe*")).tick("b0-resources", "specific").press("refresh")
    kinds = editor.response.context["blocks"][0]["shown"]
    assert (len(kinds.kinds), kinds.more_kinds > 80) == (0, True)
    editor.press("kinds:0").press("arns:0:volume").press("arns-cancel:0:volume")
    assert len(editor.response.context["blocks"][0]["shown"].kinds) == kinds.more_kinds


@pytest.mark.parametrize(("do", "part", "swap"), [
    ("kinds:0", "#b0-limits", "outerHTML"),
    ("condition:0", "#b0-when", "outerHTML"),
    ("level:0:Write", "#b0-level-write", "outerHTML"),
    ("expand:0", "#b0-levels", "outerHTML"),
    ("filter:0", "#b0-levels", "outerHTML"),
    ("action-add:0", "#b0-card", "outerHTML"),
    ("clone:0", "#b0-card", "afterend"),
    ("remove:1", "#b1-card", "delete"),
    ("more", "#more-permissions", "beforebegin"),
    ("import", "#editor-dialog", "innerHTML"),
    ("arns:0:volume", "#editor-dialog", "innerHTML"),
])  # fmt: skip
def test_a_button_brings_what_it_changed(editor, do, part, swap):
    opened(editor, allowing("ec2:CreateVolume", "ec2:Get*", "s3:GetObject")).tick(
        "b0-resources", "specific"
    )
    editor.press("refresh").press(do, **HTMX)
    assert (editor.response["HX-Retarget"], editor.response["HX-Reswap"]) == (part, swap)
    assert len(editor.response.content) < 400_000
    if swap == "outerHTML":
        assert f'id="{part[1:]}"' in markup_of(editor.response)[:200]


def test_an_added_arn_closes_the_dialog_beside_its_block(editor, world):
    sts(editor).tick("b0-action", "AssumeRole").press("refresh").press("arns:0:role")
    editor.tick("arn-any-RoleNameWithPath").press("arns-add:0:role", **HTMX)
    assert editor.response["HX-Retarget"] == "#b0-card"
    assert 'id="editor-dialog" hx-swap-oob' in markup_of(editor.response)


def test_a_policy_of_more_parts_than_the_editor_shows_stays_json(editor):
    opened(editor, allowing(*(f"service{n}:Get" for n in range(501))))
    assert "It has more than 500 parts" in editor.text
    assert len(from_document(allowing(*(f"service{n}:Get" for n in range(500))))) == 500


def test_a_statement_over_many_services_is_not_inflated_and_its_size_is_shown(editor):
    actions = [f"{one.prefix}:Get*" for one in catalogue.services()[:48]]
    opened(editor, allowing(*actions))
    left = editor.response.context["size"].left
    assert left > 0
    editor.press("remove:47", **HTMX)
    (shown,) = re.findall(r">(-?\d+) of 2048 characters remaining", markup_of(editor.response))
    assert 0 < int(shown) - left < 30


def test_a_service_with_a_wildcard_is_typed_and_kept(editor):
    editor.press("choose:0:*").tick("b0-all", on=False)
    editor.type("b0-new-action", "s3:Get*").press("action-add:0")
    assert "names one service" in editor.text
    editor.type("b0-new-action", "s3*:Get*, *:TagResource").press("action-add:0")
    editor.tick("b0-resources", "all")
    (statement,) = written(editor)["Statement"]
    assert statement["Action"] == ["s3*:Get*", "*:TagResource"]
    assert editor.press("visual").values("b0-manual") == ["s3*:Get*", "*:TagResource"]


def test_an_id_is_kept(editor):
    text = json.dumps({"Id": "Mine", **json.loads(allowing("s3:GetObject"))})
    opened(editor, text).tick("b0-effect", "Deny")
    document = written(editor)
    assert (document["Id"], document["Statement"][0]["Effect"]) == ("Mine", "Deny")


def test_the_list_of_services_comes_when_it_is_asked_for(editor):
    """With JavaScript once the field has the focus, else by a button."""
    plain = len(editor.response.content)
    assert not editor.has_button("choose:0:sts")
    listed = editor.client.get(reverse("service_list"), {"do": "choose:7"})
    assert 'value="choose:7:sts"' in markup_of(listed)
    for wrong in ("", "remove:0", "choose:x", "st-choose:1"):
        assert editor.client.get(reverse("service_list"), {"do": wrong}).status_code == 404
    editor.press("services:0")
    assert len(editor.response.content) - plain > 50_000
    editor.press("choose:0:sts").press("json").press("st-add")
    assert not editor.has_button("st-choose:sts")
    editor.press("st-services").press("st-choose:sts")
    assert "Security Token" in editor.text or "STS" in editor.text
