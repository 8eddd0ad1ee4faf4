"""The AWS CLI line that makes the same call as a page."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from iam.wire.secrets import without_secrets
from iam.wire.shapes import MODELS, is_modelled, operation_model

if TYPE_CHECKING:
    from botocore.model import OperationModel, Shape

_CLI_SERVICES = {"s3": "s3api", **MODELS}
_OUTSIDE_STRINGS = re.compile(r'("(?:\\.|[^"\\])*")|\s+')
# Arguments that the CLI itself requires.
_CLI_REQUIRES = {
    "iam:CreateVirtualMFADevice": "--outfile QRCode.png --bootstrap-method QRCodePNG",
}


def cli_line(operation: str, params: Mapping[str, object]) -> str:
    """`aws iam create-role --role-name …` for a POSIX shell, secrets masked; "" if none exists."""
    if not is_modelled(operation):
        return ""
    from botocore import xform_name  # noqa: PLC0415

    service, _, name = operation.partition(":")
    model = operation_model(operation)
    words = ["aws", _CLI_SERVICES.get(service, service), xform_name(name, "-")]
    members = model.input_shape.members if model.input_shape else {}
    for member, value in without_secrets(operation, params).items():
        if value is not None and member in members:
            option = "--" + xform_name(member, "-")
            words.append(_option(option, value, members[member]))
    words.extend(_cli_own(operation, model, params))
    return " ".join(words)


def _cli_own(operation: str, model: OperationModel, params: Mapping[str, object]) -> Iterator[str]:
    if operation in _CLI_REQUIRES:
        yield _CLI_REQUIRES[operation]
    if model.has_streaming_output:
        yield _file_name(params)


def _option(option: str, value: object, shape: Shape) -> str:
    if isinstance(value, bool):
        return option if value else f"--no-{option[2:]}"
    text = _text(value, shape)
    if text.startswith("-"):
        return f"{option}={shlex.quote(text)}"
    return f"{option} {shlex.quote(text)}"


def _text(value: object, shape: Shape) -> str:
    if isinstance(value, bytes) or shape.type_name == "blob":
        return "FILE" if shape.serialization.get("streaming") else "fileb://FILE"
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return _one_line(_plain(value))


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _one_line(text: str) -> str:
    """Return a policy document with the line breaks outside strings turned into spaces."""
    if not text.lstrip().startswith("{"):
        return text
    return _OUTSIDE_STRINGS.sub(lambda piece: piece[1] or " ", text).strip()


def _file_name(params: Mapping[str, object]) -> str:
    last = str(params.get("Key", "")).rstrip("/").rpartition("/")[2]
    return shlex.quote(last) if last and not last.startswith("-") else "OUTFILE"
