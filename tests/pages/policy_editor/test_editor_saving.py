"""The policy editor without JavaScript: JSON, review, saving."""

import json

import pytest
from django.urls import reverse

from iam.perform import perform
from tests.pages.policy_editor.paper_browser import PaperBrowser
from tests.pages.policy_editor.steps import assume_role, sts, user_policy
from tests.pages.visitor import Visitor, markup_of, text_of
from tests.worlds import allow


def test_the_visual_editors_state_survives_a_look_at_the_json(editor):
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


def test_the_visual_editor_reports_what_it_cannot_show_and_json_stays(editor):
    typed = (
        '{"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}}'
    )
    editor.press("json").type("document", typed).press("visual")
    assert "The visual editor does not support NotAction" in editor.text
    assert editor.control("document")["value"] == typed
    editor.press("next")
    assert "Full access" in editor.text


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
    assert "over the limit of 2,048" in editor.text


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
    editor.press("level:0:Read").tick("b0-action", "GetObject").press("next")
    assert "Review and save" in editor.text
    editor.press("save")
    (statement,) = json.loads(user_policy(world, "mine"))["Statement"]
    assert sorted(statement["Action"]) == ["s3:GetObject", "s3:ListBucket"]


@pytest.mark.parametrize("lines", [1, 2])
def test_saving_unchanged_keeps_the_document_as_it_was_shown(visitor, world, lines):
    """As it was typed; one of a single line is shown indented, as AWS's console does."""
    document = allow("s3:ListBucket").replace("{", "{\n", lines - 1)
    params = {"UserName": "user1", "PolicyName": "mine", "PolicyDocument": document}
    perform(world.root(), "iam:PutUserPolicy", params)
    url = reverse("inline_policy_edit", args=["users", "user1", "mine"])
    PaperBrowser(visitor, url).press("next").press("save")
    shown = document if lines > 1 else json.dumps(json.loads(document), indent=4)
    assert user_policy(world, "mine") == shown


def test_the_page_of_a_missing_policy_reports_that(visitor):
    response = visitor.get(reverse("inline_policy_edit", args=["users", "user1", "none"]))
    assert response.status_code == 404
    assert "The user policy with name none cannot be found." in text_of(response)


def test_a_long_name_and_a_long_description_are_each_marked(visitor):
    editor = PaperBrowser(visitor, reverse("policy_create"))
    assume_role(editor).press("next")
    editor.type("name", "x" * 129).type("description", "x" * 1001).press("save")
    assert editor.control("name")["aria-invalid"] == "true"
    assert "description" in editor.response.context["state"].errors
    assert "'policyName'" not in editor.response.context["state"].errors["description"]


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


def test_a_denied_user_sees_awss_sentence_and_keeps_the_typed_text(world):
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
    sts(editor).press("json", **{"HX-Request": "true"})
    assert markup_of(editor.response).startswith('<div id="policy-editor"')
    editor.press("visual", **{"HX-Request": "true"})
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
