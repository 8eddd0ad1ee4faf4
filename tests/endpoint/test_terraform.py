"""Terraform with the provider of AWS, both unmodified, makes a course's world and takes it away.

It runs where `terraform` is installed and TF_CLI_CONFIG_FILE names a file that says where the
provider comes from: the README of the tests shows one.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from console.services.s3.models import Bucket
from iam.models import Role, User
from tests.endpoint.clients import Clients, Keys
from tests.federation.documents import metadata
from tests.iam.certificates import KEY, OWN
from tests.worlds import World

CONFIGURATION = Path(__file__).with_name("terraform") / "main.tf"
TERRAFORM = shutil.which("terraform") or ""
_CONFIGURED = Path(os.environ.get("TF_CLI_CONFIG_FILE", "/nowhere")).is_file()

pytestmark = pytest.mark.skipif(
    not (TERRAFORM and _CONFIGURED), reason="needs Terraform and a mirror of its provider of AWS"
)


def test_terraform_applies_plans_no_change_and_destroys_all(
    lesson: tuple[World, Clients, Keys], endpoint: str, tmp_path: Path
) -> None:
    world, _, (key_id, secret, _) = lesson
    shutil.copy(CONFIGURATION, tmp_path)
    (tmp_path / "metadata.xml").write_text(metadata())
    (tmp_path / "certificate.pem").write_text(OWN)
    (tmp_path / "key.pem").write_text(KEY)
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "TF_CLI_CONFIG_FILE")},
        "CHECKPOINT_DISABLE": "1",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": key_id,
        "AWS_SECRET_ACCESS_KEY": secret,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }

    def terraform(*words: str) -> tuple[int, str]:
        done = subprocess.run(
            [TERRAFORM, words[0], "-no-color", "-input=false", *words[1:]],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        return done.returncode, done.stdout

    for words, status in (
        (("init",), 0),
        (("apply", "-auto-approve"), 0),
        (("plan", "-detailed-exitcode"), 0),  # two if anything would change
    ):
        code, said = terraform(*words)
        assert code == status, said
    assert Role.in_sandbox(world.sandbox).filter(name="tf-app").exists()
    code, said = terraform("destroy", "-auto-approve")
    assert code == 0, said
    assert not Role.in_sandbox(world.sandbox).exists()
    assert not Bucket.in_sandbox(world.sandbox).exists()
    assert [user.name for user in User.in_sandbox(world.sandbox)] == ["admin"]
