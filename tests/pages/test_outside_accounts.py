"""Accounts of vendors, which are not in a sandbox: a scenario names them, or the owner adds them.

Datadog's and Snowflake's guides to external IDs end with such a trust policy.
"""

import pytest
from django.urls import reverse

from console.labs.rows.copies import copy_world
from console.labs.rows.snapshots import Snapshot, snapshot
from console.labs.scenarios.capture.worlds import capture_world
from console.labs.scenarios.seeds import seed_scenario
from console.services.awslambda.factories import LambdaFunctionFactory
from iam.factories import RoleFactory
from iam.models import Sandbox
from iam.perform import perform
from iam.wire.errors import AwsError
from tests.pages.visitor import Visitor, open_world, text_of
from tests.services.test_lambda import service_trust
from tests.worlds import World, trust

VENDOR = "464622532012"
PRINCIPALS = [
    VENDOR,
    f"arn:aws:iam::{VENDOR}:root",
    f"arn:aws:iam::{VENDOR}:role/collector",
    f"arn:aws:iam::{VENDOR}:user/externaluser",
]
SCENARIO = f"""
schema: 1
title: With a vendor
sandbox: {{outside_accounts: {{"{VENDOR}": Datadog}}}}
world: {{accounts: {{you: {{name: main}}}}}}
"""


@pytest.fixture
def world(db: None) -> World:
    return open_world()


@pytest.fixture
def visitor(world: World) -> Visitor:
    """Return the visit of the sandbox's owner."""
    visitor = Visitor(world)
    visitor.client.force_login(world.sandbox.owner)
    return visitor


def create(world: World, principal: str) -> None:
    params = {"RoleName": "Vendor", "AssumeRolePolicyDocument": trust(principal)}
    perform(world.root(), "iam:CreateRole", params)


@pytest.mark.parametrize("principal", PRINCIPALS)
def test_a_policy_names_an_outside_account_once_the_sandbox_knows_it(world, principal):
    with pytest.raises(AwsError, match="Invalid principal in policy"):
        create(world, principal)
    world.sandbox.outside_accounts = {VENDOR: "Datadog"}
    world.sandbox.save()
    create(world, principal)


def test_the_owner_adds_one_where_a_policy_was_refused(visitor, world):
    bucket = perform(world.root(), "s3:CreateBucket", {"Bucket": "vendor-files"})
    assert bucket
    statement = trust(VENDOR).replace("sts:AssumeRole", "s3:ListBucket").replace(
        '"Action"', '"Resource": "arn:aws:s3:::vendor-files", "Action"'
    )  # fmt: skip
    edit = reverse("bucket_policy_edit", args=["vendor-files"])
    shown = visitor.post(edit, policy=statement)
    assert "Invalid principal in policy" in text_of(shown)
    assert f"This sandbox has no account {VENDOR}" in text_of(shown)
    url = f"{reverse('sandbox_accounts')}?account={VENDOR}"
    assert url in shown.content.decode()
    assert VENDOR in visitor.get(url).content.decode()
    visitor.post(url, account_id=VENDOR, name="Datadog")
    assert f"{VENDOR} Datadog" in text_of(visitor.get(url))
    assert "Successfully edited" in text_of(visitor.post(edit, policy=statement))


@pytest.mark.parametrize(("account_id", "sentence"), [
    ("12", "Type 12 digits."), ("975050059573", "This account is in the sandbox already."),
])  # fmt: skip
def test_what_is_no_outside_account_is_refused_at_its_field(visitor, account_id, sentence):
    fields = {"account_id": account_id, "name": "x"}
    response = visitor.post(reverse("sandbox_accounts"), **fields)
    assert (response.status_code, sentence in text_of(response)) == (400, True)


def test_nobody_else_adds_one_and_no_lab_lets_its_student(visitor, world):
    fields = {"account_id": VENDOR, "name": "Datadog"}
    assert Visitor(world).post(reverse("sandbox_accounts"), **fields).status_code == 403
    Sandbox.objects.filter(pk=world.sandbox.pk).update(lab="any")
    assert visitor.post(reverse("sandbox_accounts"), **fields).status_code == 403
    world.sandbox.refresh_from_db()
    assert world.sandbox.outside_accounts == {}


def test_a_scenario_its_copies_and_its_capture_know_them(django_user_model, db):
    owner = django_user_model.objects.create_user("alice")
    made = seed_scenario(SCENARIO, owner).sandbox
    assert made.outside_accounts == {VENDOR: "Datadog"}
    assert f"'{VENDOR}': Datadog" in capture_world(made).text
    kept = Snapshot.unpacked(snapshot(made).packed())
    into = Sandbox.objects.create(owner=owner, name="copy")
    copy_world(kept, into)
    into.refresh_from_db()
    assert into.outside_accounts == {VENDOR: "Datadog"}


def test_a_snapshot_of_before_they_were_known_is_read(world):
    plain = snapshot(world.sandbox).plain()
    del plain["outside_accounts"]
    assert Snapshot.of_plain(plain).outside_accounts == {}


def test_the_owner_adds_one_where_a_function_was_refused(visitor, world):
    RoleFactory.create(account=world.account, name="Job", trust=service_trust())
    LambdaFunctionFactory.create(account=world.account, name="job", role="Job")
    add = reverse("function_permission_add", args=["job"])
    fields = {"sid": "vendor", "principal": VENDOR, "action": "lambda:InvokeFunction"}
    shown = visitor.post(add, **fields)
    assert "The provided principal was invalid." in text_of(shown)
    assert f"This sandbox has no account {VENDOR}" in text_of(shown)
    url = f"{reverse('sandbox_accounts')}?account={VENDOR}"
    assert url in shown.content.decode()
    assert url not in Visitor(world).post(add, **fields).content.decode()
    visitor.post(url, account_id=VENDOR, name="Datadog")
    assert "Successfully added the statement vendor" in text_of(visitor.post(add, **fields))
