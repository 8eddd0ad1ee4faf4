"""The AWS CLI, real and unmodified, as a student runs it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.endpoint.clients import Keys


def aws(
    endpoint: str, keys: Keys | None, *words: str, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run the AWS CLI as a student does, with nothing but the environment and `more` of it."""
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "AWS_ENDPOINT_URL": endpoint,
        **(_credentials(keys) if keys else {}),
        **more,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    return subprocess.run(
        [str(Path(sys.executable).with_name("aws")), *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _credentials(keys: Keys) -> dict[str, str]:
    token = {"AWS_SESSION_TOKEN": keys[2]} if keys[2] else {}
    return {"AWS_ACCESS_KEY_ID": keys[0], "AWS_SECRET_ACCESS_KEY": keys[1], **token}
