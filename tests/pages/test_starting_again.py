"""*Start again* from the start page, when somebody is locked out of every identity."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from console.labs.scenarios import DEMO, SeededSandbox, seed_scenario
from console.labs.site_users import site_student
from iam.models import Sandbox, User
from tests.pages.visitor import markup_of


def _seed(*, public: bool) -> SeededSandbox:
    return seed_scenario(DEMO.read_text(encoding="utf-8"), site_student("alice"), public=public)


def _names(sandbox: Sandbox) -> set[str]:
    return set(User.in_sandbox(sandbox).values_list("name", flat=True))


def _url(sandbox: Sandbox) -> str:
    return reverse("world_restart", args=[sandbox.pk])


@pytest.mark.django_db
def test_the_demo_is_started_again_by_the_staff_alone() -> None:
    demo = _seed(public=True).sandbox
    User.in_sandbox(demo).filter(name="admin").delete()
    visitor, staff = Client(), Client()
    staff.force_login(get_user_model().objects.create_user("admin", is_superuser=True))
    assert _url(demo) not in visitor.get("/").content.decode()
    assert [visitor.get(_url(demo)).status_code, visitor.post(_url(demo)).status_code] == [404, 404]
    assert "admin" not in _names(demo)
    assert _url(demo) in staff.get("/").content.decode()
    assert "cannot be undone" in markup_of(staff.get(_url(demo)))
    assert staff.post(_url(demo)).status_code == 302
    assert "admin" in _names(demo)


@pytest.mark.django_db
def test_a_private_sandbox_is_started_again_by_its_owner_alone() -> None:
    sandbox = _seed(public=False).sandbox
    charlie, alice = Client(), Client()
    charlie.force_login(get_user_model().objects.create_user("charlie"))
    alice.force_login(get_user_model().objects.get(username="alice"))
    staff = Client()
    staff.force_login(get_user_model().objects.create_user("admin", is_superuser=True))
    for other in (Client(), charlie, staff):
        assert other.post(_url(sandbox)).status_code == 404
    sandbox.refresh_from_db()
    assert sandbox.generation == 1
    assert alice.post(_url(sandbox)).status_code == 302
    sandbox.refresh_from_db()
    assert sandbox.generation == 2


@pytest.mark.django_db
@pytest.mark.parametrize("pk", [0, 10**18, 10**30])
def test_a_sandbox_that_is_not_there_is_not_found(pk: int) -> None:
    assert Client().post(f"/sandbox/{pk}/restart").status_code == 404
