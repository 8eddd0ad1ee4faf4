"""Two students have the same course, each in a world of his own: neither learns of the other's."""

from collections.abc import Iterator
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from console.labs.site_users import site_student
from iam.models import Account, User
from iam.perform import perform
from tests.pages.visitor import text_of
from tests.robustness.addresses import address, routes
from tests.robustness.cast import Demo, Guest, furnished
from tests.worlds import allow, trust

BOBS, KEY = "bobs-own-bucket", "welcome.txt"


@pytest.fixture(scope="module")
def two(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Demo, Demo]]:
    with django_db_blocker.unblock(), transaction.atomic():
        alice, bob = furnished("alice"), furnished("bob")
        perform(bob.world.root(), "s3:CreateBucket", {"Bucket": BOBS})
        perform(bob.world.root(), "s3:PutObject", {"Bucket": BOBS, "Key": KEY, "Body": b"month"})
        yield alice, bob
        transaction.set_rollback(True)


@pytest.fixture
def alice(two: tuple[Demo, Demo], db: None) -> Demo:
    return two[0]


@pytest.fixture
def bob(two: tuple[Demo, Demo], db: None) -> Demo:
    return two[1]


@pytest.fixture
def root(alice: Demo) -> Guest:
    return Guest().enter(alice, "")


def secrets(demo: Demo) -> set[str]:
    """Return what nobody else may see of a sandbox."""
    sandbox = demo.world.sandbox
    users = User.in_sandbox(sandbox).values_list("unique_id", flat=True)
    accounts = Account.in_sandbox(sandbox).values_list("account_id", flat=True)
    events = (str(event.event_id) for event in demo.world.events())
    return {*users, *accounts, *(set(demo.buckets) & {BOBS}), *events}


def test_two_demo_worlds_share_no_identifier(alice: Demo, bob: Demo) -> None:
    assert secrets(alice) & secrets(bob) == set()


def test_no_page_of_one_sandbox_names_what_is_in_the_other(
    alice: Demo, bob: Demo, root: Guest
) -> None:
    others = secrets(bob)
    values = {**alice.values(), "kind": "roles"}
    for name, route in routes().items():
        if name == "start":  # it lists the public sandboxes
            continue
        response = root.get(address(route, values) + f"?arn={quote(alice.policy_arn)}&q=a")
        body = response.getvalue().decode() if response.streaming else response.content.decode()
        assert {secret for secret in others if secret in body} == set(), name


@pytest.mark.parametrize("name", ["why", "event"])
def test_the_event_of_another_sandbox_does_not_exist(bob: Demo, root: Guest, name: str) -> None:
    guessed, unknown = str(bob.event_id()), str(uuid4())
    found, missing = (root.get(reverse(name, args=[one])) for one in (guessed, unknown))
    assert found.status_code == missing.status_code == 404
    assert text_of(found).replace(guessed, "") == text_of(missing).replace(unknown, "")


def test_the_bucket_of_another_sandbox_does_not_exist(bob: Demo, root: Guest) -> None:
    del bob
    for name, route in routes().items():
        if route.startswith("s3/<"):
            urls = [address(route, {"bucket": one}) + f"?key={KEY}" for one in (BOBS, "no-bucket")]
            guessed, unknown = map(root.get, urls)
            assert guessed.status_code == unknown.status_code, name
            assert text_of(guessed).replace(BOBS, "no-bucket") == text_of(unknown), name


@pytest.mark.parametrize("name", ["policy", "policy_document", "policy_attach", "policy_edit"])
def test_the_policy_of_another_sandbox_does_not_exist(bob: Demo, root: Guest, name: str) -> None:
    arns = (bob.policy_arn, "arn:aws:iam::999999999999:policy/Readers")
    pages = [root.get(f"{reverse(name)}?arn={quote(arn, safe='')}") for arn in arns]
    assert pages[0].status_code == pages[1].status_code
    own = text_of(pages[0]).replace(bob.account_id, "999999999999")
    assert own == text_of(pages[1])
    assert "s3:GetObject" not in own


def test_anothers_account_is_unknown_to_switch_role(alice: Demo, bob: Demo) -> None:
    admin = Guest().enter(alice, "admin")
    pages = [
        text_of(admin.switch(account, "Helper")).replace(account, "ACCOUNT")
        for account in (bob.account_id, "999999999999")
    ]
    assert pages[0] == pages[1]
    assert "Invalid information in one or more fields." in pages[0]


def test_anothers_account_is_unknown_to_a_trust_policy(alice: Demo, bob: Demo, root: Guest) -> None:
    text = trust(bob.account_id)
    page = root.send(reverse("trust_edit", args=["Helper"]), do="save", document=text)
    assert "Invalid principal in policy" in text_of(page)


def test_anothers_account_is_unknown_to_a_bucket_policy(
    alice: Demo, bob: Demo, root: Guest
) -> None:
    principal = {"AWS": f"arn:aws:iam::{bob.account_id}:root"}
    resource = f"arn:aws:s3:::{alice.bucket}/*"
    text = allow("s3:GetObject", resource=resource, Principal=principal)
    url = reverse("bucket_policy_edit", args=[alice.bucket])
    page = root.send(url, policy=text)
    assert page.status_code == 200
    assert "Invalid principal in policy" in text_of(page)


def test_a_private_sandbox_lets_no_stranger_in(alice: Demo, bob: Demo) -> None:
    bob.world.sandbox.public = False
    bob.world.sandbox.save(update_fields=["public"])
    stranger = Guest()
    stranger.client.force_login(site_student("alice"))
    fields = {"account": bob.account_id, "user": "admin"}
    assert stranger.post(reverse("enter_as"), fields).status_code == 403
    assert stranger.get(reverse("iam_dashboard")).status_code == 302
    bob.world.sandbox.public = True
    assert bob.account_id not in stranger.get("/").content.decode()
