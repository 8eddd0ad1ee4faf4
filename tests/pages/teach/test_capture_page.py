"""A world is clicked together in the console, saved as a scenario, edited, and made again."""

import pytest
from django.contrib.auth.models import User as SiteUser
from django.core.management import call_command
from django.urls import reverse

from console.labs.attempts import begin_attempt
from console.labs.catalog import all_labs
from console.labs.scenarios import seed_scenario
from console.labs.scenarios.models import Scenario
from iam.models import Account, Group, Role, Sandbox, User
from tests.classes.conftest import instructor, logged_in
from tests.labs.fence.student import with_rules
from tests.pages.policy_editor.paper_browser import PaperBrowser
from tests.pages.teach.conftest import WORLD
from tests.pages.visitor import Visitor, text_of
from tests.worlds import allow, trust

LAB = "same-account-role"


@pytest.fixture
def sandbox(tess: SiteUser) -> Sandbox:
    return seed_scenario(WORLD, tess).sandbox


def page_of(sandbox: Sandbox) -> str:
    return reverse("teach_scenario_capture", args=[sandbox.pk])


class Teacher(Visitor):
    """An instructor who is root in an account of a sandbox of their own."""

    def __init__(self, tess: SiteUser, account: Account) -> None:
        self.client = logged_in(tess)
        self.client.post(reverse("enter_as"), {"account": account.account_id, "user": ""})


def _account(sandbox: Sandbox, name: str) -> Account:
    found: Account = Account.in_sandbox(sandbox).get(start_name=name)
    return found


def _click_together(root: Teacher, sandbox: Sandbox) -> None:
    """Make a group with a member and a policy, and let a role trust the other account."""
    root.post(reverse("group_create"), GroupName="devs", member="ann")
    editor = PaperBrowser(root, reverse("inline_policy_create", args=["groups", "devs"]))
    editor.press("json").type("document", allow("s3:*")).press("next").type("name", "files")
    editor.press("save")
    other = _account(sandbox, "other").account_id
    root.client.post(reverse("enter_as"), {"account": other, "user": ""})
    trusted = f"arn:aws:iam::{_account(sandbox, 'main').account_id}:root"
    editor = PaperBrowser(root, reverse("trust_edit", args=["Reader"]))
    editor.type("document", trust(trusted)).press("save")


@pytest.fixture
def root(tess: SiteUser, sandbox: Sandbox) -> Teacher:
    """Tess, at work in her sandbox, in which something was clicked together."""
    visitor = Teacher(tess, _account(sandbox, "main"))
    _click_together(visitor, sandbox)
    return visitor


def test_what_was_clicked_together_is_saved(root, sandbox):
    start = root.client.get(reverse("start")).content.decode()
    assert f'href="{page_of(sandbox)}"' in start
    asked = text_of(root.client.get(page_of(sandbox)))
    assert "What happened: the events that CloudTrail recorded." in asked
    answer = root.client.post(page_of(sandbox), {"name": "Clicked"})
    made = Scenario.objects.get()
    assert answer.headers["Location"] == reverse("teach_scenario_edit", args=[made.public_id])
    assert (made.name, made.source) == ("Clicked", "captured")
    assert "title: Clicked\n" in made.text
    assert _account(sandbox, "main").account_id not in made.text
    assert "arn:aws:iam::{main}:root" in made.text


def test_what_was_saved_is_edited_tried_and_seeded(root, sandbox, tmp_path):
    page = root.client.post(page_of(sandbox), {"name": "Clicked"}).headers["Location"]
    made = Scenario.objects.get()
    text = made.text.replace("name: devs", "name: builders").replace("- devs", "- builders")
    root.client.post(page, {"text": text, "name": "Edited", "version": "1"})
    root.client.post(reverse("teach_scenario_try", args=[made.public_id]))
    file = tmp_path / "edited.yaml"
    file.write_text(Scenario.objects.get().text, encoding="utf-8")
    call_command("seed", str(file), "--owner", "bob", "--json")
    copies = Sandbox.objects.exclude(pk=sandbox.pk).order_by("pk")
    assert [one.owner.get_username() for one in copies] == ["tess", "bob"]
    for copy in copies:
        assert Group.in_sandbox(copy).get().name == "builders"
        assert User.in_sandbox(copy).get(name="ann").memberships.count() == 1
        trusted = Role.in_sandbox(copy).select_related("trust").get(path="/").trust.text
        assert _account(copy, "main").account_id in trusted


def test_a_students_start_page_offers_no_scenario(sandbox):
    seed_scenario(WORLD, sam := SiteUser.objects.create_user("sam"))
    assert "Save as scenario" not in logged_in(sam).get(reverse("start")).content.decode()


def test_a_world_without_a_name_for_it_is_asked_again(client, sandbox):
    page = client.post(page_of(sandbox), {"name": ""})
    assert page.status_code == 400
    assert not Scenario.objects.exists()


def test_a_public_world_is_captured_by_the_staff_alone(client, sandbox):
    ada = SiteUser.objects.create_superuser("ada")
    sandbox.public, sandbox.owner = True, SiteUser.objects.create_user("demo")
    sandbox.save()
    assert client.get(page_of(sandbox)).status_code == 404
    assert logged_in(ada).get(page_of(sandbox)).status_code == 200


def test_a_lab_may_withhold_it(tess, client, monkeypatch):
    attempt = begin_attempt(tess, all_labs()[LAB])
    url = page_of(attempt.sandbox)
    assert client.get(url).status_code == 200
    assert url in client.get(reverse("attempt", args=[attempt.public_id])).content.decode()
    with_rules(monkeypatch, LAB, capture="no")
    for page in (client.get(url), client.post(url, {"name": "Mine"})):
        assert page.status_code == 403
        assert "Saving this world as a scenario is not available in this lab." in text_of(page)
    assert not Scenario.objects.exists()


def test_a_world_that_somebody_else_runs_is_not_there(sandbox):
    assert logged_in(instructor("olga")).get(page_of(sandbox)).status_code == 404


def test_a_world_that_is_larger_than_any_scenario_is_not_read(
    tess: SiteUser, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.labs.scenarios.capture.sizes._MOST_ROWS", 1)
    page = logged_in(tess).get(page_of(sandbox))
    assert page.status_code == 400
    assert "One of at most 1 can be saved as a scenario." in text_of(page)
    monkeypatch.setattr("console.labs.scenarios.capture.sizes._MOST_ROWS", 100)
    monkeypatch.setattr("console.labs.scenarios.capture.sizes._MOST_TEXT", 1)
    page = logged_in(tess).post(page_of(sandbox), {"name": "Mine"})
    assert "The world's policies have" in text_of(page)
    assert not Scenario.objects.exists()
