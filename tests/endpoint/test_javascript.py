"""The AWS SDK for JavaScript, version 3, unmodified, against the site as it is served.

`make lint` installs it, with what checks JavaScript; `.ci/run` runs that first.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from console.services.ec2.factories import InstanceFactory
from iam.factories import InstanceProfileFactory
from tests.endpoint.clients import Clients, Keys
from tests.endpoint.serving import ROOT
from tests.worlds import World, allow, document

MODULES = ROOT / ".ci" / "node_modules"
SCRIPT = Path(__file__).with_name("sdk.cjs")
SIZE = 300_000


def trusting(**principal: str) -> str:
    return document({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"})


@pytest.fixture
def node() -> str:
    """The path of Node.js, where the SDK is installed, too."""
    found = shutil.which("node")
    if not (found and (MODULES / "@aws-sdk").is_dir()):
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("The AWS SDK for JavaScript is not there. Node.js, npm and `make lint` bring it.")
    return found or ""


@pytest.fixture
def arns(lesson: tuple[World, Clients, Keys]) -> list[str]:
    """The two roles of a chain, the second of which trusts the first."""
    world, clients, keys = lesson
    clients("s3", keys).create_bucket(Bucket="lesson-files")
    first = world.add_role("First")
    may = {"PolicyName": "may", "PolicyDocument": allow("sts:AssumeRole")}
    world.do("PutRolePolicy", RoleName="First", **may)
    return [first, world.add_role("Second", first)]


@pytest.fixture
def address(lesson: tuple[World, Clients, Keys], site: str) -> str:
    """Where an instance's container finds the credentials of the instance's role."""
    world, _, _ = lesson
    trusts_ec2 = trusting(Service="ec2.amazonaws.com")
    world.do("CreateRole", RoleName="App", AssumeRolePolicyDocument=trusts_ec2)
    InstanceProfileFactory.create(account=world.account, name="Profile", role="App")
    instance = InstanceFactory.create(account=world.account, profile="Profile")
    return f"{site}/imds/{instance.secret}/credentials"


def test_the_sdk_streams_reads_the_trail_finds_credentials_and_types_errors(
    lesson: tuple[World, Clients, Keys],
    endpoint: str,
    node: str,
    arns: list[str],
    address: str,
    tmp_path: Path,
) -> None:
    world, _, (key_id, secret, _) = lesson
    upload = tmp_path / "upload"
    upload.write_bytes(os.urandom(SIZE))
    environment = {
        "PATH": os.environ["PATH"],
        "NODE_PATH": str(MODULES),
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": key_id,
        "AWS_SECRET_ACCESS_KEY": secret,
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": address,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }
    done = subprocess.run(
        [node, str(SCRIPT), "lesson-files", str(upload), *arns],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = dict(map(json.loads, done.stdout.splitlines()))
    sent = said.pop("stream")
    assert sent.get("stored") == SIZE, sent
    # What AWS takes from it: a body without a length, and a checksum behind it.
    assert "content-length" not in sent["sent"]
    assert sent["sent"]["x-amz-decoded-content-length"] == str(SIZE)
    assert sent["sent"]["x-amz-content-sha256"] == "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
    assumed = f"arn:aws:sts::{world.account_id}:assumed-role"
    (container, http) = said.pop("container")
    assert container == http
    assert container.startswith(f"{assumed}/App/i-")
    message = "The user with name nobody cannot be found."
    assert said == {
        "trails": [],
        "events": ["CreateBucket"],
        "chain": f"{assumed}/Second/two",
        "missing": {"typed": True, "name": "NoSuchEntityException", "message": message},
    }
