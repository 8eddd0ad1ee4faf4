"""The rules of each policy type, beyond the common grammar."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from iam.engine.document.places import Path
from iam.engine.document.quotes import quoted
from iam.engine.grammar.arns import vendor_problems
from iam.engine.grammar.every_type import LATEST, as_texts, statements_of, texts_at
from iam.engine.grammar.principals import principal_problems
from iam.engine.grammar.problem import Problem
from iam.engine.grammar.trust import trust_problems
from iam.engine.terms import PolicyType

Body = Mapping[str, Any]
_SID = re.compile(r"[0-9A-Za-z]*", re.ASCII)
# Of identity policies only managed ones: parliament 116 and cloudfriend 112 have inline policies
# of real accounts without a Version.
LATEST_ONLY = {PolicyType.IDENTITY, PolicyType.BOUNDARY, PolicyType.SCP, PolicyType.RCP}
_ANY_SID = {PolicyType.RESOURCE}
_STORED_BY_IAM = {
    PolicyType.IDENTITY,
    PolicyType.INLINE,
    PolicyType.BOUNDARY,
    PolicyType.TRUST,
}


def policy_type_problems(document: Mapping[str, Any], policy_type: PolicyType) -> Iterator[Problem]:
    """Yield the problems of a type in a document that the common grammar accepts."""
    yield from _version_problems(document, policy_type)
    if document["Statement"] == []:
        yield Problem("EMPTY_STATEMENT", "The document has no statement", ("Statement",))
    yield from _sid_problems(document, policy_type)
    for path, body in statements_of(document):
        yield from _RULES[policy_type](path, body)
        if policy_type in _STORED_BY_IAM:
            yield from _date_problems((*path, "Condition"), body.get("Condition", {}))


def _date_problems(path: Path, block: Body) -> Iterator[Problem]:
    for name, keys in block.items():
        if "date" in name.lower():
            for key, values in keys.items():
                for text in as_texts(values):
                    if not is_stored_date(text):
                        yield Problem(
                            "LEGACY_DATE", f"`{quoted(text)}` is no date", (*path, name, key)
                        )


def _version_problems(document: Mapping[str, Any], policy_type: PolicyType) -> Iterator[Problem]:
    version = document.get("Version")
    if policy_type in LATEST_ONLY and version != LATEST:
        issue = "MISSING_VERSION" if version is None else "OLD_VERSION"
        yield Problem(issue, f'Add `"Version": "{LATEST}"`', ("Version",))


def _sid_problems(document: Mapping[str, Any], policy_type: PolicyType) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, body in statements_of(document):
        sid = body.get("Sid", "")
        where = (*path, "Sid")
        if policy_type not in _ANY_SID and not _SID.fullmatch(sid):
            yield Problem(
                "INVALID_SID", f"`{quoted(sid)}` has other characters than a-z, A-Z, 0-9", where
            )
        if policy_type not in _ANY_SID and sid and sid in seen:
            yield Problem("UNIQUE_SIDS_REQUIRED", f"`{quoted(sid)}` names two statements", where)
        seen.add(sid)


def _identity(path: Path, body: Body) -> Iterator[Problem]:
    for name in ("Principal", "NotPrincipal"):
        if name in body:
            detail = "The policy speaks for whom it is attached to: leave the principal out"
            yield Problem("UNSUPPORTED_PRINCIPAL", detail, (*path, name), key=True)
    yield from _needs_resource(path, body)
    for name in ("Resource", "NotResource"):
        for where, resource in texts_at((*path, name), body.get(name)):
            yield from vendor_problems(where, resource)


def _resource(path: Path, body: Body) -> Iterator[Problem]:
    yield from principal_problems(path, body)
    yield from _needs_resource(path, body)


def _rcp(path: Path, body: Body) -> Iterator[Problem]:
    if body.get("Effect") != "Deny":
        detail = "A resource control policy only denies"
        yield Problem("RCP_ALLOW", detail, (*path, "Effect"))
    if body.get("Principal") not in ("*", {"AWS": "*"}):
        detail = "The principal of a resource control policy is `*`"
        yield Problem("RCP_PRINCIPAL", detail, (*path, "Principal"))
    if "NotAction" in body:
        yield Problem("RCP_NOTACTION", "Name the actions", (*path, "NotAction"), key=True)
    for where, action in texts_at((*path, "Action"), body.get("Action")):
        if action.partition(":")[0] == "*":
            yield Problem("RCP_ACTION", "Name the actions of its services", where)
    yield from _needs_resource(path, body)


def _needs_resource(path: Path, body: Body) -> Iterator[Problem]:
    if "Resource" not in body and "NotResource" not in body:
        yield Problem("MISSING_RESOURCE", "The statement names no resource", path)


_RULES: Mapping[PolicyType, Callable[[Path, Body], Iterator[Problem]]] = {
    PolicyType.IDENTITY: _identity,
    PolicyType.INLINE: _identity,
    PolicyType.BOUNDARY: _identity,
    PolicyType.SESSION: _identity,
    PolicyType.SCP: _identity,
    PolicyType.RESOURCE: _resource,
    PolicyType.TRUST: trust_problems,
    PolicyType.RCP: _rcp,
}


_LAST_YEAR = 292_278_993
_LAST_SECOND = 2**63 - 1
_HOUR, _SIXTIETH = r"(?:[01]?\d|2[0-3])", r"[0-5]?\d"
_DATE = r"(-?\d{1,9})(?:-(?:0?[1-9]|1[0-2])(?:-(?:0?[1-9]|[12]\d|3[01]))?)?"
_ZONE = r"(?:z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?"
_TIME = rf"{_HOUR}(?::{_SIXTIETH}(?::{_SIXTIETH}(?:\.\d{{1,9}})?)?)?{_ZONE}"
_STORED = re.compile(rf"{_DATE}(?:t(?:{_TIME})?)?", re.ASCII | re.IGNORECASE)


def is_stored_date(text: str) -> bool:
    """Whether IAM saves a policy with this value in a Date condition."""
    if text.isascii() and text.isdigit():
        return len(text) <= len(str(_LAST_SECOND)) and int(text) <= _LAST_SECOND
    found = _STORED.fullmatch(text)
    return found is not None and abs(int(found[1])) <= _LAST_YEAR
