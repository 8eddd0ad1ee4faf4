"""What the text of a captured world has in it, and what it leaves out."""

import json
from typing import Any

import pytest

from console.labs.scenarios import read_scenario, seed_scenario, start_passwords
from console.labs.scenarios.capture import capture_world
from console.labs.scenarios.keys import handed_out_devices, handed_out_keys
from console.labs.site_users import site_student
from console.services.s3.models import StoredObject
from iam.models import Account, Role, User
from tests.labs.rows.worlds import Place, furnished, real_now
from tests.worlds import trust

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    """An account `you` with a user and a bucket."""
    world = {
        "accounts": {"you": {"id": "111122223333"}},
        "users": [{"account": "you", "name": "ann", "console_password": "auto"}],
        "buckets": [{"account": "you", "name": "files"}],
    }
    text = json.dumps({"schema": 1, "title": "Small", "world": world})
    return Place(seed_scenario(text, site_student("alice")).sandbox, real_now())


def tagged(place: Place, value: str) -> None:
    place.root("iam:TagUser", "you", UserName="ann", Tags=[{"Key": "note", "Value": value}])


def captured(place: Place) -> dict[str, Any]:
    world: dict[str, Any] = read_scenario(capture_world(place.sandbox).text)["world"]
    return world


def test_a_small_world_is_a_short_file(place):
    assert capture_world(place.sandbox).text == (
        "schema: 1\ntitle: Small\nworld:\n  accounts:\n    you:\n      name: you\n"
        "      root_email: root@{you}.example.com\n  users:\n    - account: you\n      name: ann\n"
        "      console_password: auto\n  buckets:\n    - account: you\n      name: files\n"
    )


def test_ids_become_references(place):
    ann = User.in_sandbox(place.sandbox).get()
    tagged(place, f"{ann.unique_id} of 111122223333 at {place.sandbox.slug}.idp.rolecall.example")
    (user,) = captured(place)["users"]
    assert user["tags"] == {"note": "{user_id:you/ann} of {you} at {issuer}"}


def test_an_id_where_no_name_can_stand_is_kept_with_its_account(place):
    place.root("iam:CreateAccountAlias", "you", AccountAlias="a-111122223333")
    world = captured(place)
    assert world["accounts"]["you"]["id"] == "111122223333"
    assert world["accounts"]["you"]["alias"] == "a-111122223333"
    other = seed_scenario(capture_world(place.sandbox).text, site_student("bob")).sandbox
    account = Account.in_sandbox(other).get()
    assert account.account_id != "111122223333"
    assert account.alias == f"a-{account.account_id}"


def test_what_looks_like_a_name_is_not_filled_in(place):
    key = {"Bucket": "files", "Key": "a.txt", "Body": b"Write {you} here."}
    place.root("s3:PutObject", "you", **key)
    world = captured(place)
    assert list(world["accounts"]) == ["account-1"]
    other = seed_scenario(capture_world(place.sandbox).text, site_student("bob")).sandbox
    assert bytes(StoredObject.in_sandbox(other).get().body) == b"Write {you} here."


def test_a_document_is_yaml_unless_that_would_change_it(place):
    typed = trust("111122223333").replace(": ", " : ")
    for name, text in (("Pretty", json.dumps(json.loads(typed), indent=2)), ("Typed", typed)):
        place.root("iam:CreateRole", "you", RoleName=name, AssumeRolePolicyDocument=text)
    pretty, as_typed = captured(place)["roles"]
    assert pretty["trust"]["Statement"][0]["Principal"] == {"AWS": ["arn:aws:iam::{you}:root"]}
    assert as_typed["trust"] == typed.replace("111122223333", "arn:aws:iam::{you}:root")


def test_who_is_gone_and_known_by_an_id_alone_stays_gone(place):
    place.root("iam:CreateUser", "you", UserName="eve")
    eve = User.in_sandbox(place.sandbox).get(name="eve")
    policy = trust(eve.unique_id)
    place.root("iam:CreateRole", "you", RoleName="Old", AssumeRolePolicyDocument=policy)
    place.root("iam:DeleteUser", "you", UserName="eve")
    (role,) = captured(place)["roles"]
    (gone,) = role["deleted_principals"]
    assert gone.startswith("arn:aws:iam::{you}:user/deleted-")
    other = seed_scenario(capture_world(place.sandbox).text, site_student("bob")).sandbox
    assert len(Role.in_sandbox(other).get(path="/").trust_bound) == 1


def test_no_secret_is_in_the_text_and_what_is_left_out_is_said():
    place = furnished()
    sandbox = place.sandbox
    capture = capture_world(sandbox)
    secrets = [
        *start_passwords(sandbox).values(),
        *(one.secret_access_key for some in handed_out_keys(sandbox).values() for one in some),
        *(one.seed for some in handed_out_devices(sandbox).values() for one in some),
    ]
    assert secrets
    assert not [one for one in secrets if one in capture.text]
    for account in Account.in_sandbox(sandbox):
        assert account.account_id not in capture.text
    assert capture.left_out == (
        "Passwords, access keys and MFA codes: they are there, and each new world has its own.",
        "Dates: when things were made and last used, and the sessions that are open now.",
        "What happened: the events that CloudTrail recorded.",
        "Log files that CloudTrail delivered.",
        "Objects that hold a secret of this world: leaked.txt.",
        "SSH keys and certificates.",
        "Private keys of SAML providers.",
        "Uploads that nobody completed.",
    )
