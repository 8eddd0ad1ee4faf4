"""The tutorial's bubbles: each one finds its control, and they move on by themselves."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from console.labs.attempts import begin_attempt, values_of
from console.labs.catalog import all_labs
from console.labs.checks import Start
from console.labs.files import Bubble, LabFile
from console.labs.models import Attempt
from console.labs.scenarios.account_ids import filling_names
from console.labs.trials import Trial
from console.labs.trials.steps import perform_step
from iam.models import Role, Sandbox, User
from tests.browser.test_accessibility import faults

WITH_BUBBLES = sorted(
    slug for slug, lab in all_labs().items() if lab.tutorial and lab.track != "the-course"
)
"""Those of the course are followed by `test_walk_through`: many are inside of a wizard."""
FIND = """([kind, label]) => import("/static/rolecall/js/controls.js")
    .then((controls) => controls.findControl(kind, label) !== null)"""


class Pupil:
    """A student at the browser who does what the lab's solution does, step by step."""

    def __init__(self, page: Page, lab: LabFile, origin: str) -> None:
        owner = get_user_model().objects.create_user("sam")
        self.page, self.lab, self.origin = page, lab, origin
        self.attempt = begin_attempt(owner, lab)
        self.client = Client()
        self.client.force_login(owner)
        self.values = values_of(self.attempt, lab)
        sandbox = Sandbox.objects.get(pk=self.attempt.sandbox_id)
        self.trial = Trial(lab, sandbox, self.values, Start(frozenset(), {}))
        self.steps = iter(lab.solution.steps)

    def go_on(self) -> bool:
        """Do the next step of the solution; return whether there was one."""
        step = next(self.steps, None)
        if step is not None:
            perform_step(self.trial, step, self.lab.student.starts)
        return step is not None

    def sign_in(self, account: str, user: str) -> bool:
        fields = {"account": self.values[account], "user": user}
        if self.client.post(reverse("enter_as"), fields).status_code != 302:
            return False
        kept = self.client.cookies.items()
        self.page.context.add_cookies(
            [{"name": name, "value": one.value, "url": self.origin} for name, one in kept]
        )
        return True

    def identities(self) -> Iterator[tuple[str, str]]:
        """Yield whom the lab may let the student be, who begins first."""
        named = [self.lab.student.starts, *self.lab.student.may_act_as]
        for name in dict.fromkeys(named):
            account, _, user = name.partition("/")
            if user and account in self.values:
                yield account, user

    def pages(self, pattern: str) -> Iterator[str]:
        """Yield the pages that a pattern may mean: its star is a role's or a user's name."""
        if "*" not in pattern:
            yield pattern
            return
        for model in (Role, User):
            for name in model.in_sandbox(self.attempt.sandbox).values_list("name", flat=True):
                yield pattern.replace("*", name)

    def sees(self, bubble: Bubble) -> bool:
        """Return whether somebody sees the control on the bubble's page, as the world is now."""
        fill = filling_names(self.values)
        for account, user in self.identities():
            if not self.sign_in(account, user):
                continue
            for path in self.pages(fill(bubble.page)):
                self.page.goto(path)
                if self.page.evaluate(FIND, [bubble.control, fill(bubble.label)]):
                    return True
        return False


@pytest.mark.parametrize("slug", WITH_BUBBLES)
def test_every_bubble_finds_its_control(page: Page, live_server: LiveServer, slug: str) -> None:
    pupil = Pupil(page, all_labs()[slug], live_server.url)
    for bubble in pupil.lab.tutorial:
        found = pupil.sees(bubble)
        while not found and pupil.go_on():
            found = pupil.sees(bubble)
        assert found, f"{bubble.page} has no {bubble.control} {bubble.label}"


def test_bubbles_move_on_by_themselves_and_can_be_put_away(
    page: Page, live_server: LiveServer
) -> None:
    pupil = Pupil(page, all_labs()["the-course-1"], live_server.url)
    assert pupil.sign_in(*next(pupil.identities()))
    page.goto("/iam/")
    bubble = page.get_by_role("group", name="Tip")
    expect(bubble).to_contain_text("Click on Roles.")
    link = page.get_by_role("link", name="Roles", exact=True).first
    expect(link).to_have_accessible_description(re.compile("Click on Roles"))
    link.click()
    expect(bubble).to_contain_text("Create role")
    assert faults(page) == []
    bubble.get_by_role("button", name="Got it").focus()
    page.keyboard.press("Escape")
    expect(bubble).to_be_hidden()
    page.goto("/iam/roles/create")
    expect(bubble).to_contain_text("AWS account")
    bubble.get_by_role("button", name="No more tips").click()
    page.reload()
    expect(bubble).to_be_hidden()
    drawer = page.get_by_role("complementary", name="Lab", exact=True)
    drawer.get_by_text("Step by step").click()
    drawer.get_by_role("button", name="Show the tips on the page again").click()
    expect(bubble).to_be_visible()
    assert Attempt.objects.get().pk == pupil.attempt.pk


def test_a_bubble_that_comes_due_on_the_page_it_leads_to_still_leads_there(
    page: Page, live_server: LiveServer
) -> None:
    pupil = Pupil(page, all_labs()["the-course-1"], live_server.url)
    assert pupil.sign_in(*next(pupil.identities()))
    page.goto("/iam/users")
    pupil.go_on()
    pupil.go_on()
    bubble = page.get_by_role("group", name="Tip")
    expect(bubble).to_contain_text("Click on user1.", timeout=20_000)
    page.goto("/iam/roles")
    expect(bubble).to_contain_text("go to the user. Click on Users.")
