"""The credential report: AWS's columns, and how long it lasts."""

import csv
from datetime import timedelta

import pytest

from iam.models import MfaDevice, User
from iam.perform import perform
from iam.wire.errors import AwsError
from tests.worlds import NOON

PASSWORD = "Correct-horse1"


def _rows(world):
    report = world.do("GetCredentialReport")
    assert (report["ReportFormat"], report["GeneratedTime"]) == ("text/csv", NOON)
    return {row["user"]: row for row in csv.DictReader(report["Content"].decode().splitlines())}


def test_it_has_the_credentials_of_every_user_and_of_root(world):
    world.do("CreateUser", UserName="ann")
    world.do("CreateUser", UserName="bob")
    world.do("CreateLoginProfile", UserName="ann", Password=PASSWORD)
    key = world.do("CreateAccessKey", UserName="ann")["AccessKey"]["AccessKeyId"]
    world.do("UpdateAccessKey", UserName="ann", AccessKeyId=key, Status="Inactive")
    world.do("UpdateAccountPasswordPolicy", MaxPasswordAge=90)
    ann = User.in_sandbox(world.sandbox).get(name="ann")
    fields = {"account": world.account, "user": ann, "name": "phone", "sealed_seed": "x"}
    MfaDevice.add(world.sandbox, enabled_at=NOON, **fields)
    world.do("GenerateCredentialReport")
    rows = _rows(world)
    assert list(rows) == ["<root_account>", "ann", "bob"]
    assert len(rows["ann"]) == 22
    noon = "2026-05-28T12:00:00+00:00"
    assert rows["ann"] == {
        **rows["bob"],
        "user": "ann",
        "arn": f"arn:aws:iam::{world.account_id}:user/ann",
        "password_enabled": "true",
        "password_last_used": "no_information",
        "password_last_changed": noon,
        "password_next_rotation": "2026-08-26T12:00:00+00:00",
        "mfa_active": "true",
        "access_key_1_last_rotated": noon,
    }
    assert rows["bob"]["password_enabled"] == "false"
    assert rows["bob"]["access_key_1_last_used_service"] == "N/A"
    assert rows["<root_account>"]["password_enabled"] == "not_supported"
    assert rows["<root_account>"]["arn"] == f"arn:aws:iam::{world.account_id}:root"


def test_a_report_is_made_once_in_four_hours_and_expires_then(world, refusal):
    error = refusal("GetCredentialReport")
    assert (error.code, error.status) == ("ReportNotPresent", 410)
    made = world.do("GenerateCredentialReport")
    assert made["Description"] == "No report exists. Starting a new report generation task"
    assert made["State"] == "STARTED"
    assert world.do("GenerateCredentialReport") == {"State": "COMPLETE"}
    world.do("CreateUser", UserName="late")
    assert "late" not in _rows(world)
    world.sandbox.clock_offset = timedelta(hours=4)
    world.sandbox.save()
    with pytest.raises(AwsError) as refused:
        perform(world.root(), "iam:GetCredentialReport")
    assert (refused.value.code, refused.value.status) == ("ReportExpired", 410)
    assert world.do("GenerateCredentialReport")["State"] == "STARTED"
