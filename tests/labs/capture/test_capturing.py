"""A captured world, seeded again, is the same world with IDs and secrets of its own."""

import json
import re
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.labs.catalog import all_labs
from console.labs.decisions import decisions_of, in_words
from console.labs.rows.tables import copied_models, references_of, rows_of
from console.labs.scenarios import seed_scenario
from console.labs.scenarios.capture import capture_world
from console.labs.site_users import site_student
from console.labs.worlds import make_lab_world
from console.services.s3.models import StoredObject
from iam.models import Account, Sandbox
from iam.wire.errors import AwsError
from tests.endpoint.fuzzing import EXAMPLES
from tests.labs.rows.test_random_worlds import worlds
from tests.labs.rows.worlds import Place, furnished, real_now
from tests.worlds import trust


def again(sandbox: Sandbox) -> Sandbox:
    """Return another sandbox, seeded from what is captured of one."""
    text = capture_world(sandbox).text
    return seed_scenario(text, site_student("bob"), name=sandbox.name).sandbox


def captured(sandbox: Sandbox) -> str:
    """Return what is captured, with places for account IDs: an alias or a name may hold one."""
    text = capture_world(sandbox).text
    for place, account in enumerate(Account.in_sandbox(sandbox).order_by("pk")):
        text = re.sub(rf"(?<!\d){account.account_id}(?!\d)", f"<{place}>", text)
    return text


def the_same(sandbox: Sandbox) -> None:
    other = again(sandbox)
    assert captured(other) == captured(sandbox)
    assert decisions_of(other) == decisions_of(sandbox)


@pytest.fixture
def everything(db: None) -> Sandbox:
    """A world that has something of everything, and nothing of what a scenario cannot hold."""
    sandbox = furnished().sandbox
    left = Q(by_service=True) | Q(key="leaked.txt")
    StoredObject.in_sandbox(sandbox).filter(left).delete()
    return sandbox


def test_a_world_that_has_something_of_everything(everything):
    the_same(everything)


# Models and columns that a scenario does not have: IDs, secrets, dates, what use noted.
NOT_CAPTURED = {
    "iam.Document",  # the rows that refer to them are compared
    "iam.Event",
    "iam.ServerCertificate",
    "iam.SigningCertificate",
    "iam.SshPublicKey",
    "sts.BuiltInKey",
}
COLUMNS = {
    "*": {
        "created_at",
        "updated_at",
        "from_start",
        "last_used_at",
        "last_used_region",
        "unique_id",
    },
    "awslambda.LambdaFunction": {"changed_at", "code_size", "code_hash"},
    "cloudtrail.Trail": {
        "started_at",
        "stopped_at",
        "attempted_at",
        "delivered_at",
        "delivered_to",
        "delivery_error",
    },
    "ec2.Instance": {
        "instance_id",
        "reservation_id",
        "association_id",
        "associated_at",
        "launched_at",
        "secret",
        "session",
        "profile_id",
        "request_hash",
        "client_token",
        "launch_index",
    },
    "iam.AccessKey": {"access_key_id", "sealed_secret", "last_used_service"},
    "iam.Account": {"root_password"},
    "iam.LoginProfile": {"password", "previous"},
    "iam.MfaDevice": {"sealed_seed", "enabled_at", "last_step", "drift"},
    "iam.SamlProvider": {
        "uuid",
        "metadata",  # of the sandbox's own provider
        "valid_until",
        "private_keys",
        "assertion_encryption_mode",
    },
    "iam.User": {"password_last_used", "start_name"},
    "s3.StoredObject": {"last_modified", "etag", "size", "checksums"},  # as its content
    "sts.Person": {"password"},
}


def _undated(value: Any) -> Any:
    """Return what a column has, without when its parts were made."""
    if isinstance(value, dict):
        return {key: _undated(one) for key, one in value.items() if key != "created_at"}
    return [_undated(one) for one in value] if isinstance(value, list) else value


def _plain(sandbox: Sandbox) -> dict[str, list[str]]:
    """Return all rows in words, without what a scenario does not have."""
    known, found = in_words(sandbox), {}

    def words(text: str) -> str:
        return re.sub(r"A(?:IDA|ROA)[A-Z2-7]{17}", "<gone>", known(text))

    for model in copied_models():
        label = model._meta.label
        left = COLUMNS["*"] | COLUMNS.get(label, set()) | set(references_of(model)) | {"id"}
        if label not in NOT_CAPTURED:
            rows = [sorted(one.items()) for one in rows_of(model, sandbox)]
            found[label] = sorted(
                words(repr([(name, _undated(one)) for name, one in row if name not in left]))
                for row in rows
            )
    return found


def test_every_column_is_captured_or_left_out_knowingly(everything):
    assert _plain(again(everything)) == _plain(everything)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", sorted(all_labs()))
def test_the_world_of_every_lab(slug):
    the_same(make_lab_world(all_labs()[slug], "attempt", site_student("alice")).sandbox)


CHANGES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("iam:UpdateUser", {"UserName": "ann", "NewUserName": "zoe"}),
    ("iam:CreateUser", {"UserName": "ann"}),
    ("iam:UpdateAssumeRolePolicy", {"RoleName": "Role0", "PolicyDocument": trust("ROLE1")}),
    ("iam:UpdateAssumeRolePolicy", {"RoleName": "Role1", "PolicyDocument": trust("ROLE0")}),
    ("s3:DeletePublicAccessBlock", {"Bucket": "files"}),
    ("iam:UpdateAccountPasswordPolicy", {"MinimumPasswordLength": 40}),
    ("iam:CreateVirtualMFADevice", {"VirtualMFADeviceName": "spare"}),
)


def _change(place: Place, operation: str, params: dict[str, Any]) -> None:
    """Perform an operation as root of either account, where AWS allows it there."""
    roles = {f"ROLE{n}": f"arn:aws:iam::{place.account_id()}:role/Role{n}" for n in (0, 1)}
    text = json.dumps(params)
    for name, arn in roles.items():
        text = text.replace(name, arn)
    for account in ("one", "two"):
        try:
            place.root(operation, account, **json.loads(text))
        except AwsError:
            continue


@pytest.mark.django_db
@settings(max_examples=min(EXAMPLES, 100) or 4, suppress_health_check=[HealthCheck.too_slow])
@given(worlds(), st.lists(st.sampled_from(CHANGES), max_size=4))
def test_any_world_after_any_changes(scenario, changes):
    with transaction.atomic():
        sandbox = seed_scenario(json.dumps(scenario), site_student("teacher")).sandbox
        place = Place(sandbox, real_now())
        for operation, params in changes:
            _change(place, operation, params)
        the_same(sandbox)
        transaction.set_rollback(True)
