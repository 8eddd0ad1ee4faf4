"""A scenario in a real browser: clicked together in the console, captured, edited, seeded."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from console.classes.joins import join_class
from console.classes.models import Class
from console.classes.staff import new_class
from console.labs.scenarios import seed_scenario
from console.labs.scenarios.models import Scenario
from iam.models import Account, Group, Sandbox
from tests.browser.site_login import hand_over
from tests.browser.student import Student
from tests.classes.conftest import instructor, logged_in
from tests.jobs import perform_jobs
from tests.pages.teach.conftest import WORLD


@pytest.fixture
def course_class(page: Page, live_server: LiveServer) -> Class:
    """Return a class with Sam; its teacher is in the browser, as root of a world of her own."""
    tess = instructor("tess")
    course_class = new_class(tess, "Cloud roles", "UTC")
    join_class(User.objects.create_user("sam"), course_class)
    main = Account.in_sandbox(seed_scenario(WORLD, tess).sandbox).get(start_name="main")
    client = logged_in(tess)
    client.post(reverse("enter_as"), {"account": main.account_id, "user": ""})
    hand_over(page, client, live_server)
    return course_class


def create_group(page: Page, name: str) -> None:
    page.goto("/iam/groups")
    page.get_by_role("link", name="Create group").first.click()
    page.get_by_label("User group name").fill(name)
    page.get_by_role("button", name="Create user group").click()
    expect(page.get_by_role("link", name=name, exact=True).first).to_be_visible()


def test_a_world_clicked_together_becomes_each_students(page: Page, course_class: Class) -> None:
    create_group(page, "devs")
    page.goto("/")
    page.get_by_role("link", name="Save as scenario").first.click()
    page.get_by_label("Name").fill("Clicked")
    page.get_by_role("button", name="Save as scenario").click()

    expect(page.locator(".ace_content")).to_contain_text("devs")
    edited = Scenario.objects.get().text.replace("name: devs", "name: builders")
    Student(page, {}).type_document(edited)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Clicked")).to_be_visible()

    seed = page.get_by_role("region", name="Seed for a class")
    seed.get_by_label("Class").select_option("Cloud roles")
    seed.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Seed", exact=True).click()
    expect(page.get_by_role("heading", name="Clicked")).to_be_visible()
    perform_jobs("long")
    perform_jobs()
    expect(page.get_by_text("All worlds are ready")).to_be_visible(timeout=20_000)
    of_sam = Sandbox.objects.get(owner__username="sam")
    assert Group.in_sandbox(of_sam).get().name == "builders"
