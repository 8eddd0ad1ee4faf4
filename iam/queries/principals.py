"""Principals of trust and resource policies: bound to unique IDs when saved, shown as ARNs.

As on AWS, a saved policy means the very user or role that existed then: one that is deleted and
made again under the same name is another, and the policy shows the raw ID of the one that is gone.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from iam.arns import Arn, account_named, account_of, is_account_id, parse_arn, root_arn
from iam.catalogue.service_principals import Standing, did_you_mean, standing_of
from iam.engine import as_list, quoted, statements_in
from iam.models import Account, Role, Sandbox, User
from iam.queries.documents import MalformedPolicyDocument, place_of
from iam.queries.entities import entity_arns

Bound = Mapping[str, str]

_UNIQUE_ID = re.compile(r"A(?:IDA|ROA)[A-Z0-9]{12,}")
_PRINCIPAL_KEY = re.compile(r'"(?:Not)?Principal"\s*:\s*')
_NO_ACCOUNT = "This sandbox has no account {}; those of vendors and AWS are not in it."
_DECODER = json.JSONDecoder()


def _named(text: str, type_: str) -> list[str]:
    """Return what stands under a type in the principal elements of a valid document."""
    found: dict[str, None] = {}
    for statement in statements_in(text):
        for element in ("Principal", "NotPrincipal"):
            principal = statement.get(element)
            if isinstance(principal, dict):
                found.update(dict.fromkeys(map(str, as_list(principal.get(type_, [])))))
    return list(found)


def aws_principals(text: str) -> list[str]:
    """Return what stands under "AWS" in the principal elements of a valid document."""
    return [name for name in _named(text, "AWS") if name != "*"]


def role_of_session(arn: Arn) -> str:
    """Return the name of the role of a session's ARN; empty if it is none."""
    role, _, session = arn.id.partition("/")
    is_session = arn.is_of("sts", "assumed-role") and session and "/" not in session
    return role if is_session else ""


class _PrincipalIndex:
    """The accounts, users and roles that a document's principals may name, in few queries."""

    def __init__(self, sandbox: Sandbox, names: Sequence[str]) -> None:
        self._accounts = set(
            Account.in_sandbox(sandbox).values_list("account_id", flat=True) if names else ()
        )
        self._outside = sandbox.outside_accounts
        self._ids = entity_arns(sandbox, (name for name in names if _UNIQUE_ID.fullmatch(name)))
        self._by_arn: dict[str, str] = {}
        self._roles: set[tuple[str, str]] = set()
        named = [arn for name in names if (arn := parse_arn(name))]
        wanted = {
            User: {arn.name for arn in named if arn.is_of("iam", "user")},
            Role: {arn.name for arn in named if arn.is_of("iam", "role")}
            | {role for arn in named if (role := role_of_session(arn))},
        }
        for model, last_names in wanted.items():
            if last_names:
                rows = model.in_sandbox(sandbox).filter(name__in=last_names)
                for row in rows.select_related("account"):
                    self._by_arn[row.arn] = row.unique_id
                    if model is Role:
                        self._roles.add((row.account.account_id, row.name))

    def unique_id(self, name: str) -> str | None:
        """Return the ID a principal is bound to, "" for one that needs none, None if invalid."""
        if _UNIQUE_ID.fullmatch(name):
            return name if name in self._ids else None
        arn = parse_arn(name)
        if (account_named(name) or account_of(name)) in self._outside:
            return ""  # who is in it is not known here
        if arn is not None and arn.is_of("iam", "user", "role"):
            return self._by_arn.get(name)
        if arn is not None and arn.is_of("sts", "assumed-role"):
            return "" if (arn.account, role_of_session(arn)) in self._roles else None
        if arn is not None and arn.is_of("sts", "federated-user"):
            return "" if arn.account in self._accounts else None
        return "" if account_named(name) in self._accounts else None

    def missing_account(self, name: str) -> str:
        """Return the account of an invalid name, if the sandbox knows no such account."""
        account_id = account_named(name) or account_of(name)
        return account_id if account_id and account_id not in self._accounts else ""


def bind(sandbox: Sandbox, text: str, member: str = "PolicyDocument") -> dict[str, str]:
    """Return each user's and role's ARN of a member's valid document with the ID it means now.

    Raises MalformedPolicyDocument for a principal that does not exist in the sandbox, and for an
    AWS service that is none.
    """
    names = aws_principals(text)
    world = _PrincipalIndex(sandbox, names)
    bound: dict[str, str] = {}
    for name in names:
        unique_id = world.unique_id(name)
        if unique_id is None:
            account_id = world.missing_account(name)
            detail = _NO_ACCOUNT.format(account_id) if account_id else ""
            error = _invalid(text, "AWS", name, member, detail)
            error.unknown_account = account_id
            raise error
        if unique_id:
            bound[name] = unique_id
    for name in _named(text, "Service"):
        if standing_of(name) is Standing.WRONG:
            raise _invalid(text, "SERVICE", name, member, did_you_mean(name))
    return bound


def _invalid(
    text: str, type_: str, name: str, member: str, detail: str = ""
) -> MalformedPolicyDocument:
    line, column = place_of(text, json.dumps(name, ensure_ascii=False))
    message = f'Invalid principal in policy: "{type_}":"{quoted(name)}"'
    return MalformedPolicyDocument(message, member, line=line, column=column, detail=detail)


def as_saved(text: str) -> str:
    """Return a valid document as AWS saves it: an account's ID as its root user's ARN."""
    ids = {name: root_arn(name) for name in aws_principals(text) if is_account_id(name)}
    return _replaced(text, ids)


def canonical_users(text: str) -> list[str]:
    """Return the canonical user IDs of S3 that the principal elements of a valid document name."""
    return _named(text, "CanonicalUser")


def with_root_users(text: str, accounts: Mapping[str, str]) -> str:
    """Return a document as AWS saves it: canonical users are the root users of their accounts."""
    pieces, done = [], 0
    for start, end in _principal_spans(text):
        principal = json.loads(text[start:end])
        if isinstance(principal, dict) and "CanonicalUser" in principal:
            users = as_list(principal.pop("CanonicalUser"))
            roots = [root_arn(accounts[user]) for user in users]
            named = [*as_list(principal.get("AWS", [])), *roots]
            principal["AWS"] = named if len(named) > 1 else named[0]
            pieces += [text[done:start], json.dumps(principal)]
            done = end
    return "".join([*pieces, text[done:]])


def _principal_spans(text: str) -> Iterator[tuple[int, int]]:
    for key in _PRINCIPAL_KEY.finditer(text):
        try:
            _, end = _DECODER.raw_decode(text, key.end())
        except ValueError:
            continue
        yield key.end(), end


def _rewritten(text: str, bound: Bound, arns: Mapping[str, str]) -> str:
    return _replaced(
        text, {written: arns.get(unique_id, unique_id) for written, unique_id in bound.items()}
    )


def _replaced(text: str, names: Mapping[str, str]) -> str:
    """Return a document with other names of principals; the rest stays as it was typed."""
    changed = {json.dumps(old): json.dumps(new) for old, new in names.items() if old != new}
    if not changed:
        return text
    pieces, done = [], 0
    for start, end in _principal_spans(text):
        span = text[start:end]
        for written, now in changed.items():
            span = span.replace(written, now)
        pieces += [text[done:start], span]
        done = end
    return "".join([*pieces, text[done:]])


def shown_each(sandbox: Sandbox, documents: Sequence[tuple[str, Bound]]) -> list[str]:
    """Return documents as AWS shows them now: current ARNs, raw IDs of those that are gone."""
    ids = {unique_id for _, bound in documents for unique_id in bound.values()}
    arns = entity_arns(sandbox, ids)
    return [_rewritten(text, bound, arns) for text, bound in documents]


def shown(sandbox: Sandbox, text: str, bound: Bound) -> str:
    return shown_each(sandbox, [(text, bound)])[0]
