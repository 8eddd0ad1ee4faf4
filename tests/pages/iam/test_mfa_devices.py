"""MFA devices on the pages: assigned in two steps, set right, removed; one's own credentials."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from iam.actions.mfa_codes import code_of, step_at
from tests.pages.visitor import Visitor, text_of
from tests.worlds import ACCOUNT_ID, World, allow, document

SERIAL = f"arn:aws:iam::{ACCOUNT_ID}:mfa/phone"
NAMED = {"VirtualMFADeviceName": "phone"}


def assign_url(user: str = "") -> str:
    return reverse("mfa_assign", args=[user]) if user else reverse("own_mfa_assign")


def codes(seed: str, after: int = -2) -> dict[str, str]:
    """Return two consecutive codes by the clock on the wall, which has gone past them."""
    step = step_at(datetime.now(UTC)) + after
    return {
        "AuthenticationCode1": code_of(seed, step),
        "AuthenticationCode2": code_of(seed, step + 1),
    }


def seed_on(response: Any) -> str:
    found = re.search(r'class="secret-key">([A-Z2-7]{64})<', response.content.decode())
    assert found is not None, text_of(response)
    return found[1]


def assign(visitor: Visitor, user: str = "") -> Any:
    seed = seed_on(visitor.post(assign_url(user), **NAMED))
    return visitor.post(f"{assign_url(user)}?step=app", **codes(seed))


@pytest.fixture
def ann(world: World) -> str:
    world.add_user("ann")
    return "ann"


def test_a_device_is_assigned_in_two_steps(world: World, root: Visitor, ann: str) -> None:
    page = root.post(assign_url(ann), **NAMED)
    assert "data:image/png;base64,iVBOR" in page.content.decode()
    seed = seed_on(page)
    assert seed not in str(dict(root.client.session))
    said = text_of(root.post(f"{assign_url(ann)}?step=app", **codes(seed)))
    assert "MFA device assigned" in said
    assert SERIAL in said
    assert [one["SerialNumber"] for one in world.do("ListMFADevices", UserName=ann)["MFADevices"]]
    assert text_of(root.get(f"{assign_url(ann)}?step=app")).count("Device name")


def test_wrong_codes_are_refused_in_awss_words_and_the_qr_code_stays(
    world: World, root: Visitor, ann: str
) -> None:
    seed = seed_on(root.post(assign_url(ann), **NAMED))
    url = f"{assign_url(ann)}?step=app"
    page = root.post(url, AuthenticationCode1="000000", AuthenticationCode2="000000")
    assert "Authentication code for device is not valid." in text_of(page)
    assert seed_on(page) == seed
    page = root.post(url, AuthenticationCode1="12", AuthenticationCode2="")
    assert "An MFA code has six digits." in text_of(page)
    assert not world.do("ListMFADevices", UserName=ann)["MFADevices"]


def test_cancel_and_another_name_leave_no_device_behind(
    world: World, root: Visitor, ann: str
) -> None:
    root.post(assign_url(ann), **NAMED)
    root.post(assign_url(ann), VirtualMFADeviceName="tablet")
    (left,) = world.do("ListVirtualMFADevices")["VirtualMFADevices"]
    assert left["SerialNumber"].endswith("mfa/tablet")
    root.post(f"{assign_url(ann)}?step=app", cancel="1")
    assert world.do("ListVirtualMFADevices")["VirtualMFADevices"] == []


def test_a_taken_or_invalid_name_is_reported_at_the_field(
    world: World, root: Visitor, ann: str
) -> None:
    world.do("CreateVirtualMFADevice", **NAMED)
    said = text_of(root.post(assign_url(ann), **NAMED))
    assert "MFADevice entity at the same path and name already exists." in said
    said = text_of(root.post(assign_url(ann), VirtualMFADeviceName="my phone"))
    assert "Use alphanumeric" in said


def test_a_device_is_resynced_and_removed(world: World, root: Visitor, ann: str) -> None:
    seed = seed_on(root.post(assign_url(ann), **NAMED))
    root.post(f"{assign_url(ann)}?step=app", **codes(seed))
    resync = reverse("mfa_resync", args=[ann])
    assert SERIAL in text_of(root.get(resync, selected=SERIAL))
    said = text_of(root.post(resync, selected=SERIAL, **codes(seed)))
    assert "Authentication code for device is not valid." in said
    said = text_of(root.post(resync, selected=SERIAL, **codes(seed, after=1)))
    assert "MFA device resynced." in said
    remove = reverse("mfa_remove", args=[ann])
    assert "Remove MFA device?" in text_of(root.get(remove, selected=SERIAL))
    assert "MFA device removed." in text_of(root.post(remove, selected=SERIAL))
    assert world.do("ListVirtualMFADevices")["VirtualMFADevices"] == []
    for url in (remove, resync):
        assert "Security credentials" in text_of(root.get(url))


def test_the_console_deletes_a_users_devices_with_the_user(
    world: World, root: Visitor, ann: str
) -> None:
    assign(root, ann)
    said = text_of(root.post(reverse("user_delete"), selected=ann, confirm=ann))
    assert "User ann deleted." in said
    assert world.do("ListVirtualMFADevices")["VirtualMFADevices"] == []


def test_the_root_user_has_a_page_of_its_own(world: World, root: Visitor) -> None:
    said = text_of(root.get(reverse("security_credentials")))
    assert "My security credentials" in said
    assert "The root user has access to all AWS resources in this account" in said
    assert "MFA device assigned" in text_of(assign(root))
    assert world.do("GetAccountSummary")["SummaryMap"]["AccountMFAEnabled"] == 1
    create = reverse("own_access_key_create")
    assert "Root user access keys are not recommended" in text_of(root.get(create))
    assert "Confirm the recommendation" in text_of(root.post(create))
    key = root.post(create, understood="on").context["key"]["AccessKeyId"]
    off = reverse("own_access_key_change", args=[key, "deactivate"])
    assert "Access key deactivated." in text_of(root.post(off))
    gone = reverse("own_access_key_change", args=[key, "delete"])
    assert "Access key deleted." in text_of(root.post(gone, confirm=key))


def test_a_user_manages_its_own_credentials_as_far_as_it_may(world: World) -> None:
    own = [f"arn:aws:iam::{ACCOUNT_ID}:{kind}/*" for kind in ("user", "mfa")]
    statement = {"Effect": "Allow", "Action": ["iam:*MFADevice*"], "Resource": own}
    world.add_user("bob", document(statement))
    bob = Visitor(world, "bob")
    page = bob.get(reverse("security_credentials"))
    assert "iam:ListAccessKeys" in text_of(page)
    assert "No MFA devices" in text_of(page)
    assert "MFA device assigned" in text_of(assign(bob))


def test_one_changes_ones_own_password(world: World) -> None:
    world.add_user("bob", allow("iam:ChangePassword"))
    world.do("CreateLoginProfile", UserName="bob", Password="Correct-Horse-7")
    bob, url = Visitor(world, "bob"), reverse("own_password")
    typed = {"OldPassword": "Correct-Horse-7", "NewPassword": "Battery-Staple-8"}
    assert "The passwords do not match." in text_of(bob.post(url, **typed, NewPasswordAgain="x"))
    wrong = {**typed, "OldPassword": "no", "NewPasswordAgain": typed["NewPassword"]}
    assert "The old password was incorrect." in text_of(bob.post(url, **wrong))
    said = text_of(bob.post(url, **typed, NewPasswordAgain=typed["NewPassword"]))
    assert "Console password updated." in said


def test_a_denied_password_change_is_not_reported_as_a_wrong_password(world: World) -> None:
    world.add_user("bob")
    world.do("CreateLoginProfile", UserName="bob", Password="Correct-Horse-7")
    typed = {"OldPassword": "Correct-Horse-7", "NewPassword": "Battery-Staple-8"}
    page = Visitor(world, "bob").post(
        reverse("own_password"), **typed, NewPasswordAgain=typed["NewPassword"]
    )
    assert page.context["form"].errors == {}
    assert "iam:ChangePassword" in text_of(page)
    assert "Why?" in text_of(page)


def test_a_role_has_no_credentials_of_its_own(world: World, ann: str) -> None:
    world.add_role("Lesson")
    world.do("PutUserPolicy", UserName=ann, PolicyName="p", PolicyDocument=allow("sts:AssumeRole"))
    visitor = Visitor(world, ann)
    visitor.post(reverse("switchrole"), account=ACCOUNT_ID, roleName="Lesson")
    for page in ("security_credentials", "own_mfa_assign", "own_access_key_create"):
        assert "A role has no long-term credentials." in text_of(visitor.get(reverse(page)))
