"""The pages of IAM Access Analyzer."""

import pytest
from django.urls import reverse

from iam.perform import perform
from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow, document

VENDOR = "111122223333"
SEEING = ("access-analyzer:*",)


@pytest.fixture
def shared(world: World) -> World:
    """A role that a vendor may enter with an external ID."""
    world.sandbox.outside_accounts = {VENDOR: "Vendor"}
    world.sandbox.save()
    text = document(
        {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{VENDOR}:root"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"sts:ExternalId": "ticket-7"}},
        }
    )
    world.do("CreateRole", RoleName="Audit", AssumeRolePolicyDocument=text)
    return world


def create(visitor: Visitor) -> str:
    made = {"analyzerName": "outside", "type": "ACCOUNT"}
    return text_of(visitor.post(reverse("analyzer_settings"), **made))


def finding_url(world: World) -> str:
    arn = perform(world.root(), "access-analyzer:ListAnalyzers", {})["analyzers"][0]["arn"]
    found = perform(world.root(), "access-analyzer:ListFindings", {"analyzerArn": arn})
    return f"{reverse('access_finding')}?analyzer={arn}&id={found['findings'][0]['id']}"


def test_an_analyzer_is_created_and_shows_who_gets_in_from_outside(
    shared: World, root: Visitor
) -> None:
    assert "No analyzers" in text_of(root.get(reverse("access_analyzer")))
    said = create(root)
    assert "Analyzer outside created." in said
    assert "role/Audit" in said
    assert f"{VENDOR} sts:ExternalId ticket-7 sts:AssumeRole" in said
    assert "An analyzer with the name outside already exists." in create(root)


def test_a_finding_shows_why_and_is_archived(shared: World, root: Visitor) -> None:
    create(root)
    address = finding_url(shared)
    page = root.get(address)
    said = text_of(page)
    assert f"External principal {VENDOR} AWS account" in said
    assert "Condition sts:ExternalId ticket-7" in said
    assert "These statements decide" in said
    html = page.content.decode()
    assert 'href="/iam/roles/Audit?tab=trust"' in html
    assert 'href="/iam/roles/Audit?tab=trust&amp;line=' in html
    assert "The finding is now archived." in text_of(root.post(address, status="ARCHIVED"))
    assert "Unarchive" in text_of(root.get(address))


def test_the_text_of_the_policy_is_shown_to_whom_may_read_it_alone(shared: World) -> None:
    create(Visitor(shared))
    shared.add_user("ann", allow(*SEEING))
    page = Visitor(shared, "ann").get(finding_url(shared))
    assert "To see its text, you need iam:GetRole on role Audit." in text_of(page)
    assert "excerpt__line" not in page.content.decode()


def test_without_permission_the_denial_stands_in_the_place_of_the_findings(shared: World) -> None:
    create(Visitor(shared))
    shared.add_user("ann", allow("access-analyzer:ListAnalyzers"))
    said = text_of(Visitor(shared, "ann").get(reverse("access_analyzer")))
    assert "is not authorized to perform: access-analyzer:ListFindings" in said
    shared.add_user("bob")
    said = text_of(Visitor(shared, "bob").get(reverse("access_analyzer")))
    assert "is not authorized to perform: access-analyzer:ListAnalyzers" in said


def test_an_analyzer_is_deleted_once_its_name_is_typed(shared: World, root: Visitor) -> None:
    create(root)
    address = reverse("analyzer_delete")
    assert "Delete outside?" in text_of(root.get(address, name="outside"))
    assert "To confirm, type outside." in text_of(root.post(address, name="outside", confirm="x"))
    done = root.post(address, name="outside", confirm="outside")
    assert "Analyzer outside deleted." in text_of(done)
