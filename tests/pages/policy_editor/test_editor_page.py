"""The policy editor without JavaScript: every step is a form that is posted."""

import json

import pytest
from django.urls import reverse

from iam.perform import perform
from tests.pages.policy_editor.paper_browser import PaperBrowser
from tests.pages.policy_editor.test_visual import NOTES, ROLE
from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow

WARNING = (
    "The all wildcard '*' may be overly permissive for the selected actions. "
    "Allowing specific ARNs for these service resources can improve security."
)


def user_policy(world: World, name: str = "sts") -> str:
    params = {"UserName": "user1", "PolicyName": name}
    return str(perform(world.root(), "iam:GetUserPolicy", params)["PolicyDocument"])


def sts(editor: PaperBrowser) -> PaperBrowser:
    return editor.press("choose:0:sts")


def assume_role(editor: PaperBrowser) -> PaperBrowser:
    return sts(editor).tick("b0-action", "AssumeRole").tick("b0-resources", "all")


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


def test_the_green_flash_says_the_policy_was_created(editor):
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


def test_expand_all_opens_every_access_level(editor):
    sts(editor).press("expand:0")
    assert editor.response.content.decode().count("data-level open") == 3
    editor.press("collapse:0")
    assert "data-level open" not in editor.response.content.decode()


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
    assume_role(editor).press("condition-add:0")
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
    buttons = [c["value"] for c in editor.controls if c.get("value", "").startswith("choose:0:")]
    assert len(buttons) > 400
    for button in ("choose:0:ec2", "choose:0:iam", "choose:0:s3", "choose:0:*"):
        page = PaperBrowser.__new__(PaperBrowser)
        page.client, page.url = editor.client, editor.url
        page.show(editor.client.get(editor.url))
        page.press(button)
        assert "Actions allowed" in page.text


def test_enter_chooses_the_service_that_was_typed(editor):
    editor.type("b0-find", "sts").press("enter")
    assert "All STS actions (sts:*)" in editor.text


def test_what_was_begun_in_visual_is_there_after_a_look_at_the_json(editor):
    sts(editor).tick("b0-effect", "Deny").press("json").press("visual")
    assert editor.values("b0-service") == ["sts"]
    assert editor.values("b0-effect") == ["Deny"]


def test_json_that_visual_left_alone_stays_as_typed(editor):
    typed = allow("s3:*").replace("[", " [ ")
    editor.press("json").type("document", typed).press("visual")
    assert editor.values("b0-service") == ["s3"]
    editor.press("json")
    assert editor.control("document")["value"] == typed


def test_a_syntax_error_keeps_the_json_open_with_its_place(editor):
    editor.press("json").type("document", '{\n  "Version" "2012"\n}').press("visual")
    assert "Ln 2, Col 13" in editor.text
    assert editor.control("document")["value"] == '{\n  "Version" "2012"\n}'
    editor.press("next")
    assert "This policy contains invalid Json" in editor.text or "Syntax errors" in editor.text
    assert editor.values("step") == ["specify"]


def test_what_visual_cannot_show_it_says_and_stays_in_json(editor):
    typed = (
        '{"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}}'
    )
    editor.press("json").type("document", typed).press("visual")
    assert "The visual editor does not support NotAction" in editor.text
    assert editor.control("document")["value"] == typed
    editor.press("next")
    assert "A summary for this policy cannot be generated." in editor.text


@pytest.mark.parametrize(("kind", "name", "limit"), [
    ("users", "user1", 2048), ("groups", "team", 5120), ("roles", "S3Role", 10240),
])  # fmt: skip
def test_each_owner_has_its_own_limit_and_page(visitor, world, kind, name, limit):
    editor = PaperBrowser(visitor, reverse("inline_policy_create", args=[kind, name]))
    editor.press("json")
    assert f'data-limit="{limit}"' in editor.response.content.decode()
    editor.type("document", allow("s3:*")).press("next").type("name", "mine").press("save")
    assert editor.response.url == reverse(kind[:-1], args=[name])


def test_a_policy_over_the_limit_is_refused(editor):
    editor.press("json").type("document", allow(*(f"s3:Get{n:04}*" for n in range(300))))
    editor.press("next")
    assert "more than the limit of 2,048" in editor.text


def test_next_needs_a_service_an_action_and_a_resource(editor):
    assert "Choose a service." in editor.press("next").text
    assert "Choose at least one action of STS." in sts(editor).press("next").text
    editor.tick("b0-action", "AssumeRole").press("next")
    assert "Choose All, or add the ARNs of specific resources." in editor.text


def test_previous_goes_back_to_what_was_chosen(editor):
    assume_role(editor).press("next").type("name", "half").press("previous")
    assert editor.values("b0-action") == ["AssumeRole"]
    editor.press("next")
    assert editor.control("name")["value"] == "half"


@pytest.mark.parametrize("name", ["", "a b", "x" * 129])
def test_a_name_that_aws_refuses_is_marked_at_its_field(editor, name):
    assume_role(editor).press("next").type("name", name).press("save")
    assert editor.response.status_code == 200
    assert editor.control("name")["aria-invalid"] == "true"
    assert editor.control("name")["value"] == name


def test_a_name_that_is_taken_is_marked_at_its_field(editor, visitor):
    assume_role(editor).press("next").type("name", "sts").press("save")
    again = PaperBrowser(visitor, editor.url)
    assume_role(again).press("next").type("name", "STS").press("save")
    assert again.control("name")["aria-invalid"] == "true"


def test_an_inline_policy_is_modified(visitor, world):
    params = {"UserName": "user1", "PolicyName": "mine", "PolicyDocument": allow("s3:ListBucket")}
    perform(world.root(), "iam:PutUserPolicy", params)
    url = reverse("inline_policy_edit", args=["users", "user1", "mine"])
    editor = PaperBrowser(visitor, url)
    assert "Modify permissions" in editor.text
    editor.tick("b0-action", "GetObject").press("next")
    assert "Review and save" in editor.text
    editor.press("save")
    (statement,) = json.loads(user_policy(world, "mine"))["Statement"]
    assert sorted(statement["Action"]) == ["s3:GetObject", "s3:ListBucket"]


def test_saving_unchanged_keeps_the_document_as_it_was_typed(visitor, world):
    document = allow("s3:ListBucket")
    params = {"UserName": "user1", "PolicyName": "mine", "PolicyDocument": document}
    perform(world.root(), "iam:PutUserPolicy", params)
    url = reverse("inline_policy_edit", args=["users", "user1", "mine"])
    PaperBrowser(visitor, url).press("next").press("save")
    assert user_policy(world, "mine") == document


def test_a_policy_that_is_not_there_says_so(visitor):
    response = visitor.get(reverse("inline_policy_edit", args=["users", "user1", "none"]))
    assert response.status_code == 404
    assert "The user policy with name none cannot be found." in text_of(response)


def test_a_managed_policy_is_created_and_given_a_new_version(visitor, world):
    editor = PaperBrowser(visitor, reverse("policy_create"))
    assume_role(editor).press("next")
    editor.type("name", "AssumeAny").type("description", "For the class").press("save")
    assert editor.response.url == reverse("policies")
    arn = f"arn:aws:iam::{world.account_id}:policy/AssumeAny"
    policy = perform(world.root(), "iam:GetPolicy", {"PolicyArn": arn})["Policy"]
    assert policy["Description"] == "For the class"
    edit = PaperBrowser(visitor, f"{reverse('policy_edit')}?arn={arn}")
    edit.tick("b0-effect", "Deny").press("next").press("save")
    policy = perform(world.root(), "iam:GetPolicy", {"PolicyArn": arn})["Policy"]
    assert policy["DefaultVersionId"] == "v2"


def test_a_new_version_need_not_become_the_default(visitor, world):
    params = {"PolicyName": "P", "PolicyDocument": allow("s3:*")}
    arn = perform(world.root(), "iam:CreatePolicy", params)["Policy"]["Arn"]
    edit = PaperBrowser(visitor, f"{reverse('policy_edit')}?arn={arn}")
    edit.tick("b0-effect", "Deny").press("next").tick("set_default", on=False).press("save")
    policy = perform(world.root(), "iam:GetPolicy", {"PolicyArn": arn})["Policy"]
    assert policy["DefaultVersionId"] == "v1"


def test_a_sixth_version_offers_to_replace_the_oldest(visitor, world):
    params = {"PolicyName": "P", "PolicyDocument": allow("s3:*")}
    arn = perform(world.root(), "iam:CreatePolicy", params)["Policy"]["Arn"]
    for _ in range(4):
        version = {"PolicyArn": arn, "PolicyDocument": allow("s3:Get*"), "SetAsDefault": True}
        perform(world.root(), "iam:CreatePolicyVersion", version)
    edit = PaperBrowser(visitor, f"{reverse('policy_edit')}?arn={arn}")
    edit.tick("b0-effect", "Deny").press("next").press("save")
    assert "Delete version v1" in edit.text
    edit.tick("replace_version", "v1").press("save")
    assert edit.response.status_code == 302


def test_one_who_may_not_is_refused_with_awss_sentence_and_keeps_what_was_typed(world):
    perform(world.root(), "iam:PutUserPolicy", {
        "UserName": "user2", "PolicyName": "read", "PolicyDocument": allow("iam:Get*", "iam:List*"),
    })  # fmt: skip
    url = reverse("inline_policy_create", args=["users", "user1"])
    editor = PaperBrowser(Visitor(world, "user2"), url)
    assume_role(editor).press("next").type("name", "sts").press("save")
    assert "is not authorized to perform: iam:PutUserPolicy" in editor.text
    assert "Why?" in editor.text
    assert editor.control("name")["value"] == "sts"


def test_htmx_gets_the_editor_alone_and_a_redirect_by_header(editor):
    sts(editor).press("expand:0", **{"HX-Request": "true"})
    assert editor.response.content.decode().strip().startswith('<div id="policy-editor"')
    editor.tick("b0-action", "AssumeRole").tick("b0-resources", "all")
    editor.press("next", **{"HX-Request": "true"}).type("name", "x")
    editor.press("save", **{"HX-Request": "true"})
    assert editor.response.headers["HX-Redirect"] == reverse("user", args=["user1"])


def test_a_tick_brings_the_resources_alone(editor):
    sts(editor).tick("b0-action", "AssumeRole")
    headers = {"HX-Request": "true", "HX-Target": "b0-limits"}
    editor.controls.append({"name": "do", "value": "none", "type": "submit"})
    editor.press("none", **headers)
    assert (
        editor.response.content.decode()
        .strip()
        .startswith('<details class="expandable" id="b0-limits"')
    )
    assert "Specify role resource ARN" in editor.text


def test_findings_come_while_a_document_is_typed(editor):
    editor.press("json").type("document", "{")
    editor.controls.append({"name": "do", "value": "check", "type": "submit"})
    editor.press("check", **{"HX-Request": "true"})
    assert "Errors: 1" in editor.text


def test_info_of_an_action_comes_from_the_catalogue(visitor):
    response = visitor.get(reverse("action_help", args=["sts", "AssumeRole"]))
    assert "Grants permission to obtain a set of temporary security credentials" in text_of(
        response
    )
    assert visitor.get(reverse("action_help", args=["sts", "Nothing"])).status_code == 404


@pytest.mark.parametrize("fields", [
    {"do": "choose:0:nothing"}, {"do": "remove:7"}, {"do": ":::"}, {"do": "arns-add:0:role"},
    {"do": "arns:0:nothing", "block": "0", "b0-service": "sts"},
    {"do": "arns:0:role", "block": "0", "b0-service": "no-such"},
    {"do": "json", "block": ["0", "x", "9" * 50]},
    {"mode": "json", "document": "[" * 5000, "do": "visual"},
    {"do": "next", "mode": "json", "document": '{"Statement": "\\ud800"}'},
    {"do": "visual", "mode": "json", "document": '{"Statement":{"Action":"s3:\\ud800"}}'},
    {"do": "json", "block": "0", "b0-service": "<script>", "b0-condition": "nonsense"},
    {"do": "json", "block": "0", "b0-service": "sts", "b0-condition": '["a"]'},
    {"do": "next", "mode": "json", "document": "1" * 6000},
    {"do": "save", "step": "review"}, {"do": "save"}, {"step": "review", "do": "previous"},
    {"do": "check", "document": "\x00\ud7ff"}, {"arns": "9:role", "do": ""},
    {"arns": "x:", "do": "enter"}, {"do": "import"}, {"do": "import-add", "import-name": "?"},
    {"do": "cloudformation"}, {"do": "import-add", "import-name": "PowerUserAccess"},
    {"do": "import-add", "import-name": "PowerUserAccess", "mode": "json", "document": "["},
])  # fmt: skip
def test_odd_posts_are_answered(visitor, fields):
    url = reverse("inline_policy_create", args=["users", "user1"])
    identity = visitor.get(url).context["console"].identity
    response = visitor.client.post(url, {"identity": identity, **fields})
    assert response.status_code == 200
