"""Credentials that were requested on the page: a few, sealed in the session, nowhere else."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import get_random_string

from console.pages.iam.sealed_text import opened, sealed
from console.signin.console import console_of

_KEPT = "temporary_credentials"
_MOST = 5


@dataclass(frozen=True)
class StoredCredentials:
    """Temporary credentials with the request that returned them; `expires` is an ISO time."""

    id: str
    owner: str
    operation: str
    params: dict[str, Any]
    arn: str
    access_key_id: str
    secret_access_key: str
    session_token: str
    expires: str
    packed: int | None = None

    @property
    def expiration(self) -> datetime:
        return datetime.fromisoformat(self.expires)

    @property
    def name(self) -> str:
        return self.operation.partition(":")[2]

    @property
    def opens_console(self) -> bool:
        """Return whether they can open a console; GetSessionToken's cannot, as on AWS."""
        return self.name != "GetSessionToken"


def _owner(request: HttpRequest) -> str:
    console = console_of(request)
    return f"{console.sandbox.pk}/{console.sandbox.generation}/{console.base.principal_id}"


def _all(request: HttpRequest) -> list[StoredCredentials]:
    kept = [opened(one) for one in request.session.get(_KEPT, [])]
    return [StoredCredentials(**json.loads(text)) for text in kept if text]


def _save(request: HttpRequest, kept: list[StoredCredentials]) -> None:
    request.session[_KEPT] = [sealed(json.dumps(asdict(one))) for one in kept[:_MOST]]


def stored_credentials(request: HttpRequest) -> list[StoredCredentials]:
    """Return the credentials of the signed-in identity, the newest first."""
    owner = _owner(request)
    return [one for one in _all(request) if one.owner == owner]


def find_stored(request: HttpRequest) -> StoredCredentials | None:
    wanted = request.POST.get("id", "")
    return next((one for one in stored_credentials(request) if one.id == wanted), None)


def store(
    request: HttpRequest, operation: str, params: dict[str, Any], result: dict[str, Any]
) -> StoredCredentials:
    credentials = result["Credentials"]
    who = result.get("AssumedRoleUser") or result.get("FederatedUser") or {}
    made = StoredCredentials(
        id=get_random_string(8),
        owner=_owner(request),
        operation=operation,
        params={key: value for key, value in params.items() if key != "TokenCode"},
        arn=who.get("Arn", console_of(request).caller.arn),
        access_key_id=credentials["AccessKeyId"],
        secret_access_key=credentials["SecretAccessKey"],
        session_token=credentials["SessionToken"],
        expires=credentials["Expiration"].isoformat(),
        packed=result.get("PackedPolicySize"),
    )
    _save(request, [made, *_all(request)])
    return made


def drop(request: HttpRequest, kept: StoredCredentials) -> None:
    """Forget credentials here; they still work until they expire."""
    _save(request, [one for one in _all(request) if one.id != kept.id])
