"""The policy editor without JavaScript: every step is a form that is posted."""

import json

import pytest
from django.urls import reverse

from tests.pages.policy_editor.paper_browser import PaperBrowser
from tests.pages.policy_editor.steps import assume_role, sts, user_policy
from tests.pages.policy_editor.test_visual import NOTES, ROLE
from tests.pages.visitor import text_of

WARNING = (
    "The all wildcard '*' may be overly permissive for the selected actions. "
    "Allowing specific ARNs for these service resources can improve security."
)


def test_a_student_grants_sts_as_in_the_notes(editor, world):
    assert "Specify permissions" in editor.text
    assert "Select a service" in editor.text
    assume_role(editor).press("next")
    assert "Review and create" in editor.text
    assert "Permissions defined in this policy" in editor.text
    assert "Limited: Write" in editor.text
    editor.type("name", "sts").press("save")
    assert editor.response.status_code == 302
    assert editor.response.url == reverse("user", args=["user1"])
    assert user_policy(world) == json.dumps(NOTES, indent=2)


def test_a_green_flash_reports_that_the_policy_was_created(editor):
    assume_role(editor).press("next").type("name", "sts").press("save")
    page = editor.client.get(reverse("buckets"))
    assert "Policy sts created." in text_of(page)


def test_the_block_has_the_notes_words(editor):
    text = sts(editor).text
    for words in (
        "Specify what actions can be performed on specific resources in STS.",
        "Actions allowed",
        "Specify actions from the service to be allowed.",
        "Effect",
        "Manual actions",
        "Add actions",
        "All STS actions (sts:*)",
        "Access level",
        "Expand all",
        "Collapse all",
        "Read (5)",
        "Write (6)",
        "All write actions",
        "Tagging (1)",
        "Specify resource ARNs for these actions.",
        "Request conditions - optional",
        "Actions on resources are allowed or denied only when these conditions are met.",
        "User is MFA authenticated",
        "Source IP",
        "Add another condition",
        "Add more permissions",
    ):
        assert words in text, words


def test_write_counts_what_is_ticked(editor):
    sts(editor).tick("b0-action", "AssumeRole").press("refresh")
    assert "Write (Selected 1/6)" in editor.text
    assert "Allow 1 action" in editor.text


def test_write_has_the_actions_of_the_course(editor):
    sts(editor)
    names = [c["value"] for c in editor.controls if c.get("name") == "b0-action"]
    assert sorted(names)[:3] == ["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"]
    assert "AssumeRoot" not in names
    assert len(names) == 12


def test_all_write_actions_ticks_them_all_and_clears_them_again(editor):
    sts(editor).tick("b0-level", "Write").press("refresh")
    assert "Write (Selected 6/6)" in editor.text
    editor.tick("b0-level", "Write", on=False).press("refresh")
    assert "Write (6)" in editor.text


def test_one_of_all_write_actions_can_be_taken_back(editor):
    sts(editor).tick("b0-level", "Write").press("refresh")
    editor.tick("b0-action", "SetContext", on=False).press("refresh")
    assert "Write (Selected 5/6)" in editor.text


def test_all_sts_actions_keeps_what_was_ticked_for_later(editor):
    sts(editor).tick("b0-action", "AssumeRole").tick("b0-all").press("refresh")
    assert "Allow all actions" in editor.text
    editor.tick("b0-all", on=False).press("refresh")
    assert editor.values("b0-action") == ["AssumeRole"]


def test_all_resources_warns_as_in_the_notes(editor):
    assume_role(editor).press("refresh")
    assert WARNING in editor.text
    editor.tick("b0-effect", "Deny").press("refresh")
    assert WARNING not in editor.text


def test_expand_all_opens_every_access_level(editor):
    sts(editor).press("expand:0")
    opened = [level.open for level in editor.response.context["blocks"][0]["shown"].choice.levels]
    assert opened == [True, True, True]
    editor.press("collapse:0")
    opened = [level.open for level in editor.response.context["blocks"][0]["shown"].choice.levels]
    assert opened == [False, False, False]


def test_a_manual_action_outside_this_edition_survives(editor):
    sts(editor).type("b0-new-action", "AssumeRoot, sts:Get*").press("action-add:0")
    assert editor.values("b0-manual") == ["sts:AssumeRoot", "sts:Get*"]
    editor.tick("b0-resources", "all").press("json")
    (statement,) = json.loads(editor.control("document")["value"])["Statement"]
    assert statement["Action"] == ["sts:AssumeRoot", "sts:Get*"]
    editor.press("visual").press("action-remove:0:sts:Get*")
    assert editor.values("b0-manual") == ["sts:AssumeRoot"]


def test_a_manual_action_of_the_catalogue_is_ticked(editor):
    sts(editor).type("b0-new-action", "assumerole").press("action-add:0")
    assert editor.values("b0-action") == ["AssumeRole"]


@pytest.mark.parametrize("typed", ["", "s3:Get*", "sts:Assume Role!", "<b>"])
def test_a_manual_action_that_cannot_be_is_refused_and_kept(editor, typed):
    sts(editor).type("b0-new-action", typed).press("action-add:0")
    assert editor.control("b0-new-action")["value"] == typed.strip()
    assert editor.control("b0-new-action")["aria-invalid"] == "true"


def test_specific_asks_for_the_role(editor):
    sts(editor).tick("b0-action", "AssumeRole").press("refresh")
    assert "Specify role resource ARN for the AssumeRole action." in editor.text


def test_an_arn_is_put_together_in_the_dialog(editor, world):
    sts(editor).tick("b0-action", "AssumeRole").press("refresh").press("arns:0:role")
    assert "Resource role name with path" in editor.text
    editor.type("arn-field-RoleNameWithPath", "S3Role").press("arns-add:0:role")
    assert editor.values("b0-arn") == [f"arn:aws:iam::{world.account_id}:role/S3Role"]


def test_an_arn_of_another_account_needs_twelve_digits(editor):
    sts(editor).tick("b0-action", "AssumeRole").press("refresh").press("arns:0:role")
    editor.tick("arn-account", "other").type("arn-other", "123")
    editor.tick("arn-any-RoleNameWithPath").press("arns-add:0:role")
    assert "Account ID is a 12-digit number." in editor.text
    editor.type("arn-other", "1111-2222-3333").press("arns-add:0:role")
    assert editor.values("b0-arn") == ["arn:aws:iam::111122223333:role/*"]


def test_arns_are_typed_as_text(editor):
    sts(editor).tick("b0-action", "AssumeRole").press("refresh").press("arns:0:role")
    editor.press("arns-tab:0:text").type("arn-text", f"{ROLE}\nrole/x").press("arns-add:0:role")
    assert 'Resource role/x must be in ARN format or "*".' in editor.text
    editor.type("arn-text", ROLE).press("arns-add:0:role")
    assert editor.values("b0-arn") == [ROLE]
    editor.press(f"arn-remove:0:{ROLE}")
    assert editor.values("b0-arn") == []


def test_closing_the_dialog_adds_nothing(editor):
    sts(editor).tick("b0-action", "AssumeRole").press("refresh").press("arns:0:role")
    editor.press("arns-cancel:0:role")
    assert "Specify ARNs" not in editor.text


def test_any_in_this_account_stands_for_all_roles(editor, world):
    sts(editor).tick("b0-action", "AssumeRole").press("refresh")
    arn = f"arn:aws:iam::{world.account_id}:role/*"
    editor.tick("b0-any", arn).press("json")
    assert json.loads(editor.control("document")["value"])["Statement"][0]["Resource"] == arn


def test_conditions_are_written(editor):
    assume_role(editor).tick("b0-mfa").tick("b0-source_ip").type("b0-ip", "203.0.113.0/24, ::1")
    editor.press("condition:0")
    editor.type("b0-new-key", "aws:PrincipalTag/team").type("b0-new-operator", "StringLike")
    editor.type("b0-new-qualifier", "ForAnyValue").tick("b0-new-if_exists")
    editor.type("b0-new-value", "a\nb").press("condition-add:0").press("json")
    (statement,) = json.loads(editor.control("document")["value"])["Statement"]
    assert statement["Condition"] == {
        "Bool": {"aws:MultiFactorAuthPresent": "true"},
        "IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "::1"]},
        "ForAnyValue:StringLikeIfExists": {"aws:PrincipalTag/team": ["a", "b"]},
    }
    editor.press("visual")
    assert editor.values("b0-mfa") == ["on"]
    assert editor.values("b0-ip") == ["203.0.113.0/24, ::1"]


def test_a_condition_without_key_operator_and_value_is_refused(editor):
    assume_role(editor).press("condition:0").press("condition-add:0")
    for name in ("b0-new-key", "b0-new-operator", "b0-new-value"):
        assert editor.control(name)["aria-invalid"] == "true"


def test_source_ip_without_an_address_is_not_let_through(editor):
    assume_role(editor).tick("b0-source_ip").press("next")
    assert editor.control("b0-ip")["aria-invalid"] == "true"


def test_further_permissions_are_blocks_of_their_own(editor):
    assume_role(editor).press("more").press("choose:1:s3")
    editor.tick("b1-effect", "Deny").tick("b1-all").tick("b1-resources", "all").press("json")
    statements = json.loads(editor.control("document")["value"])["Statement"]
    assert [s["Action"] for s in statements] == ["sts:AssumeRole", "s3:*"]
    editor.press("visual")
    assert "Actions denied" in editor.text
    editor.press("remove:0").press("json")
    (statement,) = json.loads(editor.control("document")["value"])["Statement"]
    assert statement["Action"] == "s3:*"


def test_every_service_can_be_chosen(editor):
    editor.press("services:0")
    buttons = [c["value"] for c in editor.controls if c.get("value", "").startswith("choose:0:")]
    assert len(buttons) > 400
    for button in ("choose:0:ec2", "choose:0:iam", "choose:0:s3", "choose:0:*"):
        page = PaperBrowser.__new__(PaperBrowser)
        page.client, page.url = editor.client, editor.url
        page.show(editor.client.get(editor.url))
        page.press("services:0").press(button)
        assert "Actions allowed" in page.text


def test_enter_chooses_the_service_that_was_typed(editor):
    editor.type("b0-find", "sts").press("enter")
    assert "All STS actions (sts:*)" in editor.text
