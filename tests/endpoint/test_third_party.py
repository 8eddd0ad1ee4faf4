"""Tools that read an account through boto3, unmodified, as commands of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.endpoint.clients import keys_of
from tests.worlds import World, allow, make_world

BIN = Path(sys.executable).parent
CHECKS = """
user_landing_account:
global_exempted_roles: []
global_limit_to_roles: []
tests:
- actions: ["s3:DeleteBucket"]
  resources: ["*"]
  expected_result: succeed
  exempted_users: []
"""


@pytest.fixture
def account(transactional_db: None) -> World:
    """An account with an administrator, a reader and a policy that grants too much."""
    world = make_world()
    world.add_user("admin", allow("*"))
    world.add_user("reader", allow("s3:GetObject"))
    world.do("CreatePolicy", PolicyName="Wide", PolicyDocument=allow("iam:PassRole", "s3:*"))
    world.add_role("Worker")
    arn = f"arn:aws:iam::{world.account_id}:policy/Wide"
    world.do("AttachRolePolicy", RoleName="Worker", PolicyArn=arn)
    return world


def _run(world: World, endpoint: str, folder: Path, *command: str) -> str:
    key_id, secret, _ = keys_of(world.do("CreateAccessKey", UserName="admin")["AccessKey"])
    environment = {
        **os.environ,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": key_id,
        "AWS_SECRET_ACCESS_KEY": secret,
        "AWS_DEFAULT_REGION": "us-east-1",
        "HOME": str(folder),
    }
    line = [str(BIN / command[0]), *command[1:]]
    done = subprocess.run(
        line, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout + done.stderr


def test_cloudsplaining_downloads_an_account_and_finds_what_grants_too_much(
    account: World, endpoint: str, tmp_path: Path
) -> None:
    said = _run(account, endpoint, tmp_path, "cloudsplaining", "download")
    downloaded = tmp_path / "default.json"
    assert downloaded.exists(), said
    details = json.loads(downloaded.read_text())
    assert {user["UserName"] for user in details["UserDetailList"]} == {"admin", "reader"}
    scan = ("cloudsplaining", "scan", "--skip-open-report", "-i", str(downloaded))
    said = _run(account, endpoint, tmp_path, *scan)
    found = json.loads((tmp_path / "iam-results-default.json").read_text())
    (policy,) = found["customer_managed_policies"].values()
    assert policy["PolicyName"] == "Wide", said
    assert "s3:DeleteBucket" in str(policy), said


def test_aws_iam_tester_simulates_every_identity_of_an_account(
    account: World, endpoint: str, tmp_path: Path
) -> None:
    (tmp_path / "config.yml").write_text(CHECKS)
    said = _run(account, endpoint, tmp_path, "aws-iam-tester", "account", "-c", "config.yml")
    assert "reader" in said
    assert "implicitDeny" in said
    access = ("aws-iam-tester", "access", "-u", "reader", "-a", "s3:GetObject")
    assert "allowed" in _run(account, endpoint, tmp_path, *access).lower()
