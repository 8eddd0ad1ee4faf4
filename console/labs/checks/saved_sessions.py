"""What steps saved: kept as data that can be copied with a world, and opened as somebody."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from console.labs.checks.case import Case
from iam.analysis import WorldPrincipal
from iam.models import AccessKey, Account, Sandbox
from sts.credentials import Token, TokenKind, caller_of, invalid_token, open_token

_CREDENTIALS, _TOKEN = "Credentials", "SessionToken"
_TIMES = ("issued", "expires", "mfa")
_ENDLESS = timedelta(days=36500).total_seconds()
_TUPLES = ("policies", "policy_arns", "transitive")


def _began(sandbox: Sandbox) -> float:
    """Return when the world was made, by the sandbox's clock: copies move it with all times."""
    accounts = Account.in_sandbox(sandbox).order_by("created_at")
    moment: datetime = accounts.values_list("created_at", flat=True)[0]
    return moment.timestamp()


def _as_data(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _as_data(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_as_data(inner) for inner in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.decode() if isinstance(value, bytes) else value


def _kept_token(sealed: str, began: float) -> dict[str, Any]:
    """Return a token as data: without its sandbox, its times from the world's beginning."""
    token = vars(open_token(sealed))
    times = {name: token[name] - began for name in _TIMES if token[name] is not None}
    return {**token, "kind": token["kind"].value, **times, "sandbox": 0, "generation": 0}


def keep_results(results: Mapping[str, Any], sandbox: Sandbox) -> dict[str, Any]:
    """Return saved results as data in which a copy's IDs can be put."""
    began, kept = _began(sandbox), {}
    for name, result in results.items():
        data = _as_data(result)
        if isinstance(result, Mapping) and _CREDENTIALS in result:
            token = _kept_token(result[_CREDENTIALS][_TOKEN], began)
            data = {**data, _CREDENTIALS: {"token": token}}
        kept[name] = data
    return kept


def _opened(kept: Mapping[str, Any], sandbox: Sandbox, began: float) -> dict[str, Any]:
    times = {name: kept[name] + began for name in _TIMES if kept[name] is not None}
    lists = {name: tuple(kept[name]) for name in _TUPLES}
    given = {**kept, **times, **lists, "kind": TokenKind(kept["kind"])}
    token = Token(**{**given, "sandbox": sandbox.pk, "generation": sandbox.generation})
    return {
        "AccessKeyId": token.access_key_id,
        "SecretAccessKey": token.secret_access_key,
        _TOKEN: token.sealed(),
        "Expiration": token.expires_at,
    }


def open_results(kept: Mapping[str, Any], sandbox: Sandbox) -> dict[str, Any]:
    """Return kept results as the calls of a sandbox, or of a copy, would have returned them."""
    results = dict(kept)
    for name, result in kept.items():
        if isinstance(result, Mapping) and "token" in result.get(_CREDENTIALS, ()):
            opened = _opened(result[_CREDENTIALS]["token"], sandbox, _began(sandbox))
            results[name] = {**result, _CREDENTIALS: opened}
    return results


def saved_principal(case: Case, name: str, *, ends: bool = False) -> WorldPrincipal:
    """Return whom saved credentials stand for; a session does not end unless it `ends`.

    Raises AwsError for credentials that AWS refuses, LookupError for what was not saved.
    """
    saved = case.saved[name]
    if _CREDENTIALS in saved:
        token = open_token(saved[_CREDENTIALS][_TOKEN])
        if not ends:
            token = replace(token, expires=token.issued + _ENDLESS)
        return case.world.session(caller_of(token, case.origin, case.world.visit))
    key_id = saved["AccessKey"]["AccessKeyId"]
    keys = AccessKey.in_sandbox(case.sandbox).filter(access_key_id=key_id, active=True)
    key = keys.select_related("user").first()
    if key is None or key.user is None:
        raise invalid_token()
    return case.world.people["user", key.user.pk]
