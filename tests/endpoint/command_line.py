"""The AWS CLI, real and unmodified, as a student runs it."""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

from awscli.clidriver import create_clidriver

from tests.endpoint.clients import Keys

# The last is where the CLI's own code finds its data: it sets it when it is imported.
_INHERITED = ("PATH", "HOME", "LANG", "AWS_DATA_PATH")


def aws(
    endpoint: str, keys: Keys | None, *words: str, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run the AWS CLI as a student does, with nothing but the environment and `more` of it."""
    return subprocess.run(
        [str(Path(sys.executable).with_name("aws")), *words],
        env=_environment(endpoint, keys, more),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def aws_in_process(
    endpoint: str, keys: Keys | None, *words: str, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run the AWS CLI's own code in this process, which spares its start for each line."""
    output, errors = io.BytesIO(), io.BytesIO()
    with (
        mock.patch.dict(os.environ, _environment(endpoint, keys, more), clear=True),
        redirect_stdout(io.TextIOWrapper(output, "utf-8", write_through=True)) as printing,
        redirect_stderr(io.TextIOWrapper(errors, "utf-8", write_through=True)) as saying,
    ):
        status = create_clidriver().main(list(words))
        printing.flush()
        saying.flush()
        printed, said = output.getvalue().decode(), errors.getvalue().decode()
    return subprocess.CompletedProcess(["aws", *words], status, printed, said)


def _environment(endpoint: str, keys: Keys | None, more: dict[str, str]) -> dict[str, str]:
    return {
        **{name: os.environ[name] for name in _INHERITED if name in os.environ},
        "AWS_ENDPOINT_URL": endpoint,
        **(_credentials(keys) if keys else {}),
        **more,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def _credentials(keys: Keys) -> dict[str, str]:
    token = {"AWS_SESSION_TOKEN": keys[2]} if keys[2] else {}
    return {"AWS_ACCESS_KEY_ID": keys[0], "AWS_SECRET_ACCESS_KEY": keys[1], **token}
