"""Who makes a step's call: sessions are opened as AWS opens them, by recorded calls."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from console.labs.checks.links import Link, links_of, request_of
from console.labs.checks.people import person_of
from console.labs.files.durations import span_of
from console.labs.steps.assertions import assertion_for
from console.labs.steps.stage import Stage
from iam.analysis import Circumstances, World
from iam.arns import is_account_id, role_arn
from iam.callers import Caller, Origin, Visit, service_caller
from iam.models import AccessKey, SamlProvider
from iam.perform import perform
from iam.trail import end_visit
from sts.built_in import name_of
from sts.credentials import caller_from, caller_of, nobody_in, open_token

Asks = Mapping[str, Any]
_CIRCUMSTANCES = ("signed_in", "mfa", "mfa_age", "source_ip", "region", "secure")


class NoSuchSubject(LookupError):
    """A step's `as` names nobody of the world."""


def _account_id(stage: Stage, name: str) -> str:
    return stage.values.get(name, name)


def _arn(stage: Stage, reference: str) -> str:
    """Return the ARN of a role that may not exist."""
    if reference.startswith("arn:"):
        return reference
    account, _, name = reference.partition("/")
    account_id = _account_id(stage, account)
    for role in World(stage.sandbox, Origin(datetime.now(UTC))).roles:
        if (role.account.account_id, role.name) == (account_id, name):
            return role.arn
    if not is_account_id(account_id):
        raise NoSuchSubject(reference)
    return role_arn(account_id, name)


def _named(stage: Stage, reference: str, origin: Origin) -> Caller:
    account, _, name = reference.partition("/")
    account_id = _account_id(stage, account)
    world = World(stage.sandbox, origin)
    for one in world.everyone:
        if one.account_id == account_id and one.name == name and one.kind in {"user", "role"}:
            return _fresh(one.caller)
    raise NoSuchSubject(reference)


def _fresh(caller: Caller) -> Caller:
    fields = {name: getattr(caller, name) for name in Caller.__dataclass_fields__}
    return Caller(**{**fields, "visit": Visit()})


def _under(caller: Caller, asks: Asks) -> Caller:
    given = {name: asks[name] for name in _CIRCUMSTANCES if name in asks}
    if "at" in asks:
        given["at"] = caller.now + span_of(asks["at"])
    return Circumstances(**given).apply(caller) if given else caller


def _root(stage: Stage, asks: Asks, origin: Origin) -> Caller:
    account_id = _account_id(stage, asks["root"])
    for one in World(stage.sandbox, origin).everyone:
        if one.kind == "root" and one.account_id == account_id:
            return _under(_fresh(one.caller), asks)
    raise NoSuchSubject(asks["root"])


def _user(stage: Stage, asks: Asks, origin: Origin) -> Caller:
    return _under(_named(stage, asks["user"], origin), asks)


def _service(stage: Stage, asks: Asks, origin: Origin) -> Caller:
    account_id = _account_id(stage, asks.get("source_account", ""))
    source = {"aws:SourceAccount": account_id, "aws:SourceArn": asks.get("source_arn", "")}
    caller = service_caller(asks["service"], stage.sandbox, account_id, origin, Visit())
    return Circumstances(context={k: v for k, v in source.items() if v}).apply(caller)


def _session(result: Asks, origin: Origin) -> Caller:
    return caller_of(open_token(result["Credentials"]["SessionToken"]), origin, Visit())


def _got(caller: Caller, operation: str, params: Asks) -> Caller:
    """Return the caller with the credentials that a call gives."""
    result = perform(caller, operation, params)
    end_visit(caller.visit)
    return _session(result, caller.origin)


def _saved(stage: Stage, asks: Asks, origin: Origin) -> Caller:
    saved = stage.saved.get(asks["credentials"])
    if saved is None:
        raise NoSuchSubject(asks["credentials"])
    if "Credentials" in saved:
        return _session(saved, origin)
    keys = AccessKey.in_sandbox(stage.sandbox).select_related("account", "user", "sandbox")
    key_id = saved["AccessKey"]["AccessKeyId"]
    key = keys.filter(access_key_id=key_id, active=True).first()
    if key is None:
        raise NoSuchSubject(asks["credentials"])
    return caller_from(key, origin, Visit())


def _along(stage: Stage, caller: Caller, links: list[Link]) -> Caller:
    for link in links:
        params = link.request.params(_arn(stage, link.role))
        caller = _got(caller, "sts:AssumeRole", params)
    return caller


def _chain(stage: Stage, asks: Asks, origin: Origin) -> Caller:
    first, *roles = asks["chain"]
    if isinstance(first, Mapping) and "person" in first and "role" not in first:
        first, roles = {**first, "role": roles[0]}, roles[1:]
    caller = _under(caller_for(stage, first, origin), asks)
    return _along(stage, caller, links_of(asks, roles))


def _person(stage: Stage, asks: Asks, origin: Origin) -> Caller:
    person, (link,) = person_of(asks), links_of(asks, [asks["role"]])
    arn = _arn(stage, link.role)
    account_id = arn.split(":")[4]
    nobody = nobody_in(stage.sandbox, account_id, origin, Visit())
    said = assertion_for(stage, person, origin.received_at, link.request, arn)
    if person.via == "oidc":
        params = {"RoleArn": arn, "RoleSessionName": link.request.session_name}
        params |= {"WebIdentityToken": said, **link.request.limits()}
        return _got(nobody, "sts:AssumeRoleWithWebIdentity", params)
    rows = SamlProvider.in_sandbox(stage.sandbox).filter(account__account_id=account_id)
    named = rows.filter(name=person.provider) if person.provider else rows
    provider = named.select_related("account").first()
    if provider is None:
        raise NoSuchSubject(person.provider or name_of(stage.sandbox).host)
    params = {"RoleArn": arn, "PrincipalArn": provider.arn, "SAMLAssertion": said}
    return _got(nobody, "sts:AssumeRoleWithSAML", {**params, **link.request.limits()})


def _session_token(stage: Stage, asks: Asks, origin: Origin) -> Caller:
    caller = _named(stage, asks["session_token"], origin)
    if asks.get("mfa"):
        return _under(caller, asks)
    return _got(caller, "sts:GetSessionToken", {})


def _federated(stage: Stage, asks: Asks, origin: Origin) -> Caller:
    request = request_of(asks)
    params = {"Name": asks["federated"], **request.limits(), **request.tag_list()}
    return _got(_named(stage, asks["by"], origin), "sts:GetFederationToken", params)


_FORMS: dict[str, Callable[[Stage, Asks, Origin], Caller]] = {
    "chain": _chain,
    "credentials": _saved,
    "federated": _federated,
    "person": _person,
    "root": _root,
    "service": _service,
    "session_token": _session_token,
    "user": _user,
}


def caller_for(stage: Stage, asks: Any, origin: Origin) -> Caller:
    """Return who makes a step's call; raises NoSuchSubject, and AwsError where AWS refuses it."""
    if isinstance(asks, str):
        return _named(stage, asks, origin)
    form = next(make for name, make in _FORMS.items() if name in asks)
    return form(stage, asks, origin)
