"""The grammar of every policy type: what no document may break."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from iam.engine.document.json_text import as_list, refusal_at
from iam.engine.document.places import Path
from iam.engine.document.quotes import quoted
from iam.engine.grammar.arns import arn_problems
from iam.engine.grammar.conditions import condition_problems
from iam.engine.grammar.problem import Problem
from iam.engine.matching.elements.actions import listed
from iam.engine.terms import PolicyType

LATEST = "2012-10-17"
OLDEST = "2008-10-17"
TOP_ELEMENTS = ("Version", "Id", "Statement")
ELEMENTS = (
    "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource",
    "NotResource", "Condition",
)  # fmt: skip
PRINCIPAL_TYPES = ("AWS", "Service", "Federated", "CanonicalUser")


def check(text: str, document: Any) -> None:
    """Raise the first problem that a document of any type has."""
    raise_first(text, list(document_problems(document)), None)


def raise_first(text: str, problems: Sequence[Problem], policy_type: PolicyType | None) -> None:
    """Raise the problem that AWS reports: of the earliest phase, the first in the document."""
    if problems:
        problem = min(problems, key=lambda one: one.phase)
        raise refusal_at(
            text,
            problem.path,
            problem.detail,
            issue=problem.issue,
            message=problem.sentence(policy_type),
            key=problem.key,
        )


def as_texts(value: Any) -> tuple[str, ...]:
    """One value or a list of them as texts; JSON's booleans as `true` and `false`."""
    return tuple(str(v).lower() if isinstance(v, bool) else str(v) for v in as_list(value))


def statements_of(document: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The statements of a readable document, with their paths."""
    value = document["Statement"]
    if isinstance(value, list):
        for index, body in enumerate(value):
            yield ("Statement", index), body
    else:
        yield ("Statement",), value


def document_problems(document: Any) -> Iterator[Problem]:
    """All that every policy type refuses, in the order of the document's elements."""
    if not isinstance(document, dict):
        yield Problem("DATA_TYPE_MISMATCH", "A policy is a JSON object", (), value="Object")
        return
    yield from _unknown(document, TOP_ELEMENTS, (), "a policy")
    if document.get("Version", LATEST) not in (LATEST, OLDEST):
        yield Problem("INVALID_VERSION", f"`Version` is `{LATEST}` or `{OLDEST}`", ("Version",))
    if not _is_text(document.get("Id", "")):
        yield Problem("DATA_TYPE_MISMATCH", "`Id` is a text", ("Id",))
    if "Statement" not in document:
        yield Problem("MISSING_STATEMENT", "The document has no `Statement`", ())
    elif not isinstance(document["Statement"], dict | list):
        detail = "`Statement` is a list of objects"
        yield Problem("DATA_TYPE_MISMATCH", detail, ("Statement",), value="List")
    else:
        for path, body in statements_of(document):
            yield from _statement_problems(path, body)


def _statement_problems(path: Path, body: Any) -> Iterator[Problem]:
    if not isinstance(body, dict):
        yield Problem("DATA_TYPE_MISMATCH", "A statement is an object", path, value="Object")
        return
    yield from _unknown(body, ELEMENTS, path, "a statement")
    if not _is_text(body.get("Sid", "")):
        yield Problem("DATA_TYPE_MISMATCH", "`Sid` is a text", (*path, "Sid"))
    yield from _effect_problems(path, body)
    for name in ("Principal", "Action", "Resource"):
        if name in body and f"Not{name}" in body:
            detail = f"A statement has `{name}` or `Not{name}`, not both"
            yield Problem("UNSUPPORTED_ELEMENT_COMBINATION", detail, (*path, f"Not{name}"), True)
    yield from _principal_problems(path, body)
    yield from _action_problems(path, body)
    yield from _resource_problems(path, body)
    if "Condition" in body:
        yield from condition_problems((*path, "Condition"), body["Condition"])


def _effect_problems(path: Path, body: Mapping[str, Any]) -> Iterator[Problem]:
    effect = body.get("Effect")
    if "Effect" not in body:
        yield Problem("MISSING_EFFECT", "The statement has no `Effect`", path)
    elif not isinstance(effect, str):
        yield Problem("DATA_TYPE_MISMATCH", "`Effect` is a text", (*path, "Effect"))
    elif effect not in ("Allow", "Deny"):
        wrong_case = effect.capitalize() in {"Allow", "Deny"}
        issue = "INVALID_EFFECT_CASE" if wrong_case else "INVALID_EFFECT"
        yield Problem(issue, "`Effect` is `Allow` or `Deny`", (*path, "Effect"))


def _principal_problems(path: Path, body: Mapping[str, Any]) -> Iterator[Problem]:
    if "NotPrincipal" in body and body.get("Effect") == "Allow":
        detail = "With `Allow`, `NotPrincipal` would grant to everybody else"
        yield Problem("ALLOW_WITH_NOT_PRINCIPAL", detail, (*path, "NotPrincipal"), True)
    for name in ("Principal", "NotPrincipal"):
        value = body.get(name)
        if name not in body or value == "*":
            continue
        if not isinstance(value, dict):
            detail = f'`{name}` is an object such as {{"AWS": …}}, or "*"'
            yield Problem("PRINCIPAL_FORMAT", detail, (*path, name))
            continue
        for type_ in value:
            if type_ not in PRINCIPAL_TYPES:
                known = listed(PRINCIPAL_TYPES)
                detail = f"`{quoted(type_)}` is no type of principal: those are {known}"
                yield Problem("INVALID_PRINCIPAL_KEY", detail, (*path, name, type_), True)
        for type_, named in value.items():
            yield from text_problems((*path, name, type_), named)


def _action_problems(path: Path, body: Mapping[str, Any]) -> Iterator[Problem]:
    name = "NotAction" if "NotAction" in body else "Action"
    if name not in body or body[name] == []:
        where = (*path, name) if name in body else path
        yield Problem("MISSING_ACTION", "The statement names no action", where)
        return
    yield from text_problems((*path, name), body[name])
    for where, action in texts_at((*path, name), body[name]):
        vendor, colon, rest = action.partition(":")
        if action != "*" and not colon:
            detail = f"`{quoted(action)}` has no service before a colon, as in `sts:AssumeRole`"
            yield Problem("MISSING_PREFIX", detail, where)
        elif ":" in rest:
            yield Problem("TOO_MANY_COLONS", f"`{quoted(action)}` has more than one colon", where)
        elif vendor != "*" and not _is_vendor(vendor):
            detail = f"`{quoted(vendor)}` is not a service prefix"
            yield Problem("INVALID_VENDOR", detail, where, value=quoted(vendor))


def _resource_problems(path: Path, body: Mapping[str, Any]) -> Iterator[Problem]:
    for name in ("Resource", "NotResource"):
        if name not in body:
            continue
        if body[name] == []:
            yield Problem("MISSING_RESOURCE", "The statement names no resource", (*path, name))
        yield from text_problems((*path, name), body[name])
        for where, resource in texts_at((*path, name), body[name]):
            yield from arn_problems(where, resource)


def text_problems(path: Path, value: Any) -> Iterator[Problem]:
    """Refuse what is neither a text nor a list of texts."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            if not _is_text(item):
                yield Problem("DATA_TYPE_MISMATCH", "A text is expected", (*path, index))
    elif not _is_text(value):
        yield Problem("DATA_TYPE_MISMATCH", "A text or a list of texts is expected", path)


def texts_at(path: Path, value: Any) -> Iterator[tuple[Path, str]]:
    """The texts of an element, with their paths; what is no text is passed over."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield (*path, index), item
    elif isinstance(value, str):
        yield path, value


def _unknown(
    body: Mapping[str, Any], known: tuple[str, ...], path: Path, what: str
) -> Iterator[Problem]:
    for name in body:
        if name not in known:
            detail = f"`{quoted(name)}` is no element of {what}: it has {listed(known, 9)}"
            yield Problem("INVALID_POLICY_ELEMENT", detail, (*path, name), True)


def _is_text(value: Any) -> bool:
    """Whether a value is a JSON string; a number is read as a subclass of str."""
    return type(value) is str


def _is_vendor(text: str) -> bool:
    return bool(text) and text.isascii() and all(c.isalnum() or c in "-." for c in text)
