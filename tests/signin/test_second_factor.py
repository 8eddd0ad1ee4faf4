"""Signing in where an MFA device is assigned: the code, its records, and what it opens."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from iam.actions.mfa_codes import code_of, step_at
from iam.models import Event, MfaDevice, User
from tests.mfa import Authenticator, assigned_device
from tests.signin.browsing import ROOT_PASSWORD, Browser, names_of, text_of
from tests.worlds import ACCOUNT_ID, World, allow, document

WRONG = "Your authentication information is incorrect. Please try again."


class Phone:
    """An authenticator by the clock on the wall, which sign-ins go by."""

    def __init__(self, world: World, user: str) -> None:
        self.world = world
        self.device: Authenticator = assigned_device(world, user)

    def code(self, after: int = 0) -> str:
        """Return the code of now, or of some half minutes after it."""
        return code_of(self.device.seed, step_at(datetime.now(UTC)) + after)


@pytest.fixture
def phone(world: World) -> Phone:
    return Phone(world, "ann")


def give(tab: Browser, code: str) -> Any:
    return tab.client.post(reverse("signin_mfa"), {"code": code})


def records(world: World, name: str) -> list[dict[str, Any]]:
    return [event.record for event in Event.in_sandbox(world.sandbox).filter(name=name)]


def test_a_password_is_not_enough_where_a_device_is_assigned(world, tab, phone):
    response = tab.sign_in()
    assert response["Location"] == reverse("signin_mfa")
    assert tab.consoles() == []
    assert "Enter an MFA code to complete sign-in." in text_of(tab.get(reverse("signin_mfa")))
    assert names_of(world)[0] == "CheckMfa"
    response = give(tab, phone.code())
    assert response["Location"] == "/iam/"
    assert tab.console().caller.mfa_at == tab.console().caller.issued_at
    (record,) = records(world, "ConsoleLogin")
    assert record["additionalEventData"] == {
        "LoginTo": "/iam/",
        "MobileVersion": "No",
        "MFAUsed": "Yes",
        "MFAIdentifier": phone.device.serial,
    }
    assert record["userIdentity"]["sessionContext"]["attributes"]["mfaAuthenticated"] == "true"


def test_a_wrong_code_is_refused_recorded_and_slowed_down(world, tab, phone):
    tab.sign_in()
    right = phone.code()
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    for _ in range(4):
        assert WRONG in text_of(give(tab, wrong))
    assert "Too many failed attempts" in text_of(give(tab, right))
    assert tab.consoles() == []
    failure = records(world, "ConsoleLogin")[0]
    assert failure["errorMessage"] == "Failed authentication"
    assert failure["additionalEventData"]["MFAUsed"] == "Yes"
    assert failure["userIdentity"].get("sessionContext") is None


def test_the_right_password_again_does_not_forgive_wrong_codes(world, tab, phone):
    wrong = f"{(int(phone.code()) + 1) % 10**6:06d}"
    for _ in range(4):
        tab.sign_in()
        give(tab, wrong)
    tab.sign_in()
    assert "Too many failed attempts" in text_of(give(tab, phone.code()))


def test_a_code_signs_in_once(world, tab, phone):
    tab.sign_in()
    code = phone.code()
    give(tab, code)
    other = Browser()
    other.sign_in()
    assert WRONG in text_of(give(other, code))


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "\uff11" * 6, "\0" * 6])
def test_a_malformed_code_is_not_tried(world, tab, phone, typed):
    tab.sign_in()
    assert give(tab, typed).status_code == 200
    assert records(world, "ConsoleLogin") == []


def test_the_code_page_is_nobodys_without_a_password_first(tab, world, phone):
    assert tab.get(reverse("signin_mfa"))["Location"] == reverse("signin")
    assert give(tab, phone.code())["Location"] == reverse("signin")


def test_a_user_deleted_meanwhile_does_not_get_in(tab, world, phone):
    tab.sign_in()
    User.in_sandbox(world.sandbox).filter(name="ann").delete()
    assert give(tab, "123456")["Location"] == reverse("signin")


def test_root_and_one_click_are_asked_too(world, tab, phone):
    root = Phone.__new__(Phone)
    root.device = assigned_device(world, "root", "root-account-mfa-device")
    typed = {"email": world.account.root_email, "password": ROOT_PASSWORD}
    assert tab.client.post("/signin/root", typed)["Location"] == reverse("signin_mfa")
    assert give(tab, root.code())["Location"] == "/iam/"
    assert tab.console().caller.mfa_at
    click = Browser()
    assert click.enter(ACCOUNT_ID, "ann")["Location"] == reverse("signin_mfa")
    assert give(click, phone.code())["Location"] == "/iam/"


def test_a_role_that_requires_mfa_opens_after_the_code_and_not_without(world, tab, phone):
    required = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    statement = {"Effect": "Allow", "Principal": {"AWS": ACCOUNT_ID}, "Action": "sts:AssumeRole"}
    trusts = document({**statement, "Condition": required})
    world.do("CreateRole", RoleName="Guarded", AssumeRolePolicyDocument=trusts)
    may = {"PolicyName": "may", "PolicyDocument": allow("sts:AssumeRole")}
    world.do("PutUserPolicy", UserName="ann", **may)
    tab.sign_in()
    give(tab, phone.code())
    assert tab.switch("Guarded")["Location"] == reverse("console_home")
    world.do("DeactivateMFADevice", UserName="ann", SerialNumber=phone.device.serial)
    without = Browser()
    without.sign_in()
    assert "Invalid information in one or more fields." in text_of(without.switch("Guarded"))


def test_the_authenticator_shows_codes_to_a_visitor_who_may_open_the_sandbox(world, tab, phone):
    url = reverse("authenticator")
    page = text_of(tab.get(url, account=ACCOUNT_ID))
    assert "phone" in page
    assert phone.code() in page or phone.code(-1) in page
    tab.sign_in()
    give(tab, phone.code())
    assert " used " in text_of(tab.get(url))
    world.sandbox.public = False
    world.sandbox.save()
    assert Browser().get(url, account=ACCOUNT_ID)["Location"] == "/"
    assert Browser().get(url, account="000000000000")["Location"] == "/"
    assert Browser().get(url)["Location"] == "/"
    assert MfaDevice.in_sandbox(world.sandbox).count() == 1
