"""The principals a resource or trust policy may name."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from iam.engine.document.places import Path
from iam.engine.document.quotes import quoted
from iam.engine.grammar.every_type import texts_at
from iam.engine.grammar.problem import Problem

_ARN = r"arn:aws[a-z-]*"
_ENTITY = r"[\x21-\x29\x2B-\x3E\x40-\x7E]+"
"""Printable ASCII without the wildcards: a principal has no partial wildcards."""
_FORMS = {
    "AWS": (
        rf"\*|\d{{12}}|A(?:IDA|ROA)[A-Z0-9]{{12,124}}"
        rf"|{_ARN}:iam::\d{{12}}:(?:root|user/{_ENTITY}|role/{_ENTITY})"
        rf"|{_ARN}:sts::\d{{12}}:(?:assumed-role/{_ENTITY}/{_ENTITY}|federated-user/{_ENTITY})"
        rf"|{_ARN}:cloudfront::[^*?]+"
    ),
    "Service": r"[a-z0-9-]+(?:\.[a-z0-9-]+)+",
    "Federated": (
        rf"{_ARN}:iam::\d{{12}}:(?:saml|oidc)-provider/{_ENTITY}|[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+"
    ),
    "CanonicalUser": r"[0-9a-f]{64}",
}
_COMPILED = {type_: re.compile(form, re.ASCII) for type_, form in _FORMS.items()}


def principal_problems(path: Path, body: Mapping[str, Any]) -> Iterator[Problem]:
    """Refuse a statement that names no principal, or one in a form AWS does not know."""
    name = "NotPrincipal" if "NotPrincipal" in body else "Principal"
    if name not in body:
        yield Problem("MISSING_PRINCIPAL", "The statement names no principal", path)
        return
    named = body[name]
    if named == "*":
        return
    if not any(named.values()):
        yield Problem("EMPTY_PRINCIPAL", f"`{name}` is empty", (*path, name))
    for type_, values in named.items():
        form = _COMPILED.get(type_)
        for where, value in texts_at((*path, name, type_), values):
            if form is not None and not form.fullmatch(value):
                yield _invalid(where, type_, value)


def _invalid(path: Path, type_: str, value: str) -> Problem:
    named = f'"{type_ if type_ == "AWS" else type_.upper()}":"{quoted(value)}"'
    issue = "INVALID_FEDERATED_PRINCIPAL" if type_ == "Federated" else "INVALID_PRINCIPAL"
    return Problem(issue, _hint(type_, value), path, value=named)


def _hint(type_: str, value: str) -> str:
    if ":group/" in value:
        return "A group is not a principal: name its users"
    if "*" in value or "?" in value:
        return f"`{quoted(value)}` has a wildcard: a principal is named in full"
    return f"`{quoted(value)}` is no {type_} principal"
