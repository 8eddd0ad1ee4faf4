"""A snapshot holds every row, and keeps while the models change."""

import json
import zlib

import pytest

from console.labs.rows import Snapshot, snapshot
from console.labs.rows.tables import DROPPED, copied_models
from console.labs.scenarios.removal import simulated_models
from console.services.ec2.models import Instance
from iam.models import Role
from tests.labs.rows.worlds import Place, furnished

# A new model of simulated state belongs here, once its rows are copied as README.md says: its IDs
# in other rows, its secrets, its times, what of it no two sandboxes may share.
COPIED = {
    "awslambda.LambdaFunction",
    "cloudtrail.Trail",
    "ec2.Instance",
    "iam.AccessKey",
    "iam.Account",
    "iam.Attachment",
    "iam.ControlPolicy",
    "iam.Document",
    "iam.Event",
    "iam.Group",
    "iam.GroupMembership",
    "iam.InlinePolicy",
    "iam.InstanceProfile",
    "iam.LoginProfile",
    "iam.MfaDevice",
    "iam.OidcProvider",
    "iam.PasswordPolicy",
    "iam.Policy",
    "iam.PolicyVersion",
    "iam.Role",
    "iam.SamlProvider",
    "iam.ServerCertificate",
    "iam.SigningCertificate",
    "iam.SshPublicKey",
    "iam.User",
    "s3.Bucket",
    "s3.StoredObject",
    "sts.BuiltInKey",
    "sts.Person",
    "sts.RoleOffer",
}
LEFT = {
    "iam.AccessJob",
    "iam.CredentialReport",
    "iam.SessionMark",
    "s3.Part",
    "s3.Upload",
}


def test_every_model_of_simulated_state_is_copied_or_left_knowingly():
    assert {model._meta.label for model in copied_models()} == COPIED
    assert {model._meta.label for model in DROPPED} == LEFT
    assert {model._meta.label for model in simulated_models()} == COPIED | LEFT


@pytest.mark.django_db
def test_the_world_of_these_tests_has_a_row_of_every_model():
    sandbox = furnished().sandbox
    filled = {m._meta.label for m in simulated_models() if m.in_sandbox(sandbox).exists()}
    assert filled == COPIED | LEFT
    (instance,) = Instance.in_sandbox(sandbox)
    assert instance.session
    assert instance.client_token


def test_it_is_packed_without_loss(template):
    packed = template.packed()
    assert Snapshot.unpacked(packed) == template
    assert len(packed) < 100_000


def test_it_leaves_what_a_copy_begins_without(template):
    (instance,) = template.tables[Instance]
    assert instance["session"] == {}
    assert instance["client_token"] == instance["request_hash"] == ""


def _repacked(template: Snapshot, **changes: object) -> bytes:
    plain = json.loads(zlib.decompress(template.packed()))
    return zlib.compress(json.dumps({**plain, **changes}).encode())


def test_a_column_that_is_new_has_its_default_and_one_that_is_gone_is_passed_over(template):
    tables = json.loads(zlib.decompress(template.packed()))["tables"]
    roles = tables["iam.Role"]
    place = roles[0].index("max_session_duration")
    roles[0][place] = "of_long_ago"
    read = Snapshot.unpacked(_repacked(template, tables=tables))
    rows = [{**row, "max_session_duration": 3600} for row in template.tables[Role]]
    assert read.tables[Role] == rows


def test_one_of_another_format_is_refused(template):
    with pytest.raises(ValueError, match="format 99"):
        Snapshot.unpacked(_repacked(template, format=99))


def test_it_takes_a_query_a_model_however_many_rows_there_are(
    place: Place, django_assert_max_num_queries
):
    for number in range(30):
        place.root("iam:CreateUser", UserName=f"user-{number}")
    with django_assert_max_num_queries(len(COPIED) + 3):
        snapshot(place.sandbox)
