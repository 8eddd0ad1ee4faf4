"""Edit trust policy: the notes' documents, what is repaired and cleaned, what AWS refuses."""

import json

import pytest
from django.urls import reverse

from console.pages.iam.policy_editor.notes_examples import examples
from iam.perform import perform
from tests.pages.policy_editor.paper_browser import PaperBrowser
from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow, trust

AS_PRINTED = """{
  {
    "Sid": "one",
    "Effect": "Allow",
    "Principal": {
      "AWS":
        "arn:aws:iam::ACCOUNT:root"
    },
    "Action": "sts:AssumeRole",
    "Condition": {}
  },
  {
    "Sid": "two",
    "Effect": "Deny",
    "Principal": {
      "AWS": "arn:aws:iam::ACCOUNT:user/User3"
    },
    "Action": "sts:AssumeRole",
    "Condition": {}
  }
}
"""


@pytest.fixture
def page(visitor: Visitor) -> PaperBrowser:
    return PaperBrowser(visitor, reverse("trust_edit", args=["S3Role"]))


@pytest.fixture
def printed(world: World) -> str:
    return AS_PRINTED.replace("ACCOUNT", world.account_id)


def saved(world: World) -> str:
    role = perform(world.root(), "iam:GetRole", {"RoleName": "S3Role"})["Role"]
    return str(role["AssumeRolePolicyDocument"])


def typed(page: PaperBrowser) -> str:
    return str(page.control("document")["value"])


@pytest.mark.parametrize("number", range(4))
def test_each_document_of_the_notes_is_inserted_and_saved(page, world, number):
    wanted = examples(world.account_id)[number]
    page.press(f"example:{wanted.slug}")
    assert world.account_id in typed(page)
    assert saved(world) != typed(page)
    page.press("save")
    assert page.response.url == reverse("role", args=["S3Role"]) + "?tab=trust"
    assert saved(world) == wanted.document
    assert "Trust policy updated." in text_of(page.client.get(reverse("buckets")))


def test_the_examples_are_those_of_the_notes():
    root, two, deny, but_one = (json.loads(e.document) for e in examples("975050059573"))
    assert root["Statement"] == [{
        "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::975050059573:root"},
        "Action": "sts:AssumeRole", "Condition": {},
    }]  # fmt: skip
    users = [f"arn:aws:iam::975050059573:user/{name}" for name in ("user1", "user2")]
    assert two["Statement"][0]["Sid"] == "one"
    assert two["Statement"][0]["Principal"]["AWS"] == users
    assert deny["Statement"][0]["Effect"] == "Deny"
    assert [s["Sid"] for s in but_one["Statement"]] == ["one", "two"]


def test_the_text_that_an_example_replaced_can_be_restored(page):
    before = typed(page)
    page.press("example:root").press("undo")
    assert typed(page) == before


def test_the_fourth_document_as_printed_is_marked_explained_and_not_saved(page, world, printed):
    before = saved(world)
    page.type("document", printed).press("save")
    assert "Ln 2, Col 3" in page.text
    assert "Line 2 starts an object where a key belongs." in page.text
    assert "Put the statements into a list" in page.text
    assert typed(page) == printed
    assert saved(world) == before


def test_the_repaired_document_is_offered_and_can_be_saved(page, world, printed):
    page.type("document", printed).press("save").press("repair")
    assert json.loads(typed(page)) == json.loads(examples(world.account_id)[3].document)
    page.press("save")
    assert json.loads(saved(world))["Statement"][1]["Effect"] == "Deny"


def test_the_offer_comes_while_the_document_is_typed(page, printed):
    page.type("document", printed)
    page.controls.append({"name": "do", "value": "check", "type": "submit"})
    page.press("check", **{"HX-Request": "true"})
    assert "Use the repaired document" in page.text
    assert "Errors: 1" in page.text


@pytest.mark.parametrize("copied", ["numbered", "quoted"])
def test_a_document_copied_from_a_page_is_cleaned(page, world, copied):
    document = examples(world.account_id)[0].document
    lines = document.splitlines()
    if copied == "numbered":
        text = "\n".join(f"{n} {line}" for n, line in enumerate(lines, 1))
    else:
        text = document.replace('"', "\u201d")
    page.type("document", text).press("save")
    assert "The document was copied with" in page.text
    page.press("clean")
    assert json.loads(typed(page)) == json.loads(document)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{“Version”: “2012-10-17”}", "Ln 1, Col 2: This policy contains invalid Json."),
        ("", "Type a policy document."),
    ],
)
def test_a_refusal_by_awss_service_model_is_shown_at_the_editor(page, world, text, sentence):
    before = saved(world)
    page.type("document", text).press("save")
    assert sentence in page.text
    assert "The trust policy was not updated" not in page.text
    assert typed(page) == text
    assert saved(world) == before


def test_deny_alone_warns_that_nobody_can_assume_the_role(page):
    page.press("example:deny")
    assert "No Allow statement: nobody can assume this role" in page.text


def test_an_arn_that_is_not_there_is_refused_with_awss_sentence(page, world):
    nobody = f"arn:aws:iam::{world.account_id}:user/nobody"
    page.type("document", trust(nobody)).press("save")
    assert f'Invalid principal in policy: "AWS":"{nobody}"' in page.text
    assert typed(page) == trust(nobody)
    assert "This sandbox has no account" not in page.text
    vendor = "arn:aws:iam::464622532012:root"
    page.type("document", trust(vendor)).press("save")
    assert "This sandbox has no account 464622532012;" in page.text


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("[]", "Syntax errors in policy. A policy is a JSON object"),
        (
            trust("*").replace("sts:AssumeRole", "s3:GetObject"),
            "AssumeRole policy may only specify STS AssumeRole actions. s3:GetObject is no",
        ),
    ],
)
def test_awss_sentence_and_what_it_means_are_two_sentences(page, document, sentence):
    page.type("document", document).press("save")
    assert sentence in page.text


def test_a_denied_user_sees_why_and_keeps_the_typed_text(world):
    params = {"UserName": "user2", "PolicyName": "r", "PolicyDocument": allow("iam:Get*")}
    perform(world.root(), "iam:PutUserPolicy", params)
    page = PaperBrowser(Visitor(world, "user2"), reverse("trust_edit", args=["S3Role"]))
    page.type("document", trust("*")).press("save")
    assert "is not authorized to perform: iam:UpdateAssumeRolePolicy" in page.text
    assert "Why?" in page.text
    assert typed(page) == trust("*")


def test_the_page_of_a_missing_role_reports_that(visitor):
    response = visitor.get(reverse("trust_edit", args=["none"]))
    assert response.status_code == 404
    assert "The role with name none cannot be found." in text_of(response)


@pytest.mark.parametrize("fields", [
    {"do": "repair"}, {"do": "example:none"}, {"do": "save"}, {"do": "undo"},
    {"do": "save", "document": "["}, {"do": "check", "document": "[" * 9000},
    {"do": "save", "document": "x" * 200_000}, {"do": "clean", "document": "1 {\n2 }"},
    {"do": "save", "document": '{"Statement": "\\ud800"}'}, {"do": "save", "document": "\x00"},
])  # fmt: skip
def test_odd_posts_are_answered(visitor, fields):
    url = reverse("trust_edit", args=["S3Role"])
    identity = visitor.get(url).context["console"].identity
    assert visitor.client.post(url, {"identity": identity, **fields}).status_code == 200
