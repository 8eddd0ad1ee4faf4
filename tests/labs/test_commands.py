"""`manage.py seed` and `manage.py first_run`."""

import json
import stat
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from console.labs.scenarios import DEMO
from console.labs.site_users import DEMO_STUDENT
from iam.models import Sandbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


def output_of(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_seed_prints_accounts_and_credentials_as_json():
    printed = json.loads(output_of("seed", str(DEMO), "--json"))
    assert printed["owner"] == DEMO_STUDENT
    main = printed["accounts"][0]
    assert main["account_id"] == "975050059573"
    assert [user["name"] for user in main["users"]] == ["admin", "user1", "user2", "User3"]
    assert all(user["password"] for user in main["users"])
    student = get_user_model().objects.get(username=DEMO_STUDENT)
    assert not student.has_usable_password()
    assert not student.is_staff


def test_seed_shows_how_the_owner_logs_in():
    first = output_of("seed", str(DEMO), "--owner", "carol")
    assert "Owner: carol, who has no password yet." in first
    assert "`python manage.py changepassword carol`" in first
    carol = get_user_model().objects.get(username="carol")
    carol.set_password("Correct-Horse-7")
    carol.save()
    assert "Owner: carol, who logs in at /login" in output_of("seed", str(DEMO), "--owner", "carol")


def test_seed_prints_fixed_secrets(tmp_path):
    file = tmp_path / "fixed.yaml"
    file.write_text(
        "schema: 1\nworld:\n  accounts: {you: {}}\n  users:\n    - account: you\n"
        "      name: ann\n      console_password: Ann-Pass-12\n"
        "      access_keys:\n        - id: AKIAABCDEFGHIJKLMNOP\n"
        "          secret: abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123\n"
        "      mfa: {name: phone, seed: JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP}\n"
    )
    (account,) = json.loads(output_of("seed", str(file), "--json"))["accounts"]
    assert account["users"] == [{"name": "ann", "password": "Ann-Pass-12"}]
    (key,) = account["access_keys"]
    assert key["user_name"] == "ann"
    assert key["secret_access_key"] == "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123"
    (device,) = account["mfa_devices"]
    assert (device["user_name"], device["seed"]) == ("ann", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert device["serial_number"] == f"arn:aws:iam::{account['account_id']}:mfa/phone"
    assert f"mfa   ann  {device['serial_number'][:13]}" in output_of("seed", str(file))


def test_seed_gives_every_owner_a_world_of_its_own():
    for owner in ("ann", "ben"):
        output_of("seed", str(DEMO), "--owner", owner, "--name", f"of {owner}")
    assert [str(s) for s in Sandbox.objects.order_by("name")] == ["of ann", "of ben"]


def test_seed_says_what_is_wrong_with_a_file(tmp_path):
    file = tmp_path / "broken.yaml"
    file.write_text("schema: 1\nworld:\n  accounts: {you: {}}\n  user: []\n")
    with pytest.raises(CommandError, match=r"line 4, column 3, world.user: "):
        call_command("seed", str(file))
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("seed", str(tmp_path / "none.yaml"))


def test_first_run_makes_the_demo_and_the_administrator_once(home, settings):
    settings.LISTEN_PORT = "8123"
    first, second = output_of("first_run"), output_of("first_run")
    demo = Sandbox.objects.get()
    assert demo.public
    assert demo.owner.get_username() == DEMO_STUDENT
    file = home / "site-administrator.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    password = file.read_text().split("password: ")[1].strip()
    administrator = get_user_model().objects.get(is_superuser=True)
    assert administrator.check_password(password)
    assert password in first
    assert password not in second
    for printed in (first, second):
        assert "http://127.0.0.1:8123/signin" in printed
        assert "975050059573" in printed
        assert "User3" in printed


def test_first_run_leaves_an_administrator_who_is_there_alone(home):
    get_user_model().objects.create_superuser("boss", password="x")
    output_of("first_run")
    assert get_user_model().objects.filter(is_superuser=True).count() == 1
    assert not (home / "site-administrator.txt").exists()


def test_the_kinds_of_site_users_are_there():
    assert set(Group.objects.values_list("name", flat=True)) >= {"students", "instructors"}
