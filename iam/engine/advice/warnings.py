"""General warnings: what probably does not do what was meant."""

from collections.abc import Iterator
from typing import Any

from iam.engine.advice.reading import Body, at, conditions, texts
from iam.engine.advice.remark import Remark
from iam.engine.grammar.common import LATEST, statements_of
from iam.engine.grammar.kinds import LATEST_ONLY
from iam.engine.operators import strings
from iam.engine.patterns import has_variable
from iam.engine.places import Path
from iam.engine.terms import Kind

NO_ALLOW = "No Allow statement: nobody can assume this role"


def document_warnings(document: dict[str, Any], kind: Kind) -> Iterator[Remark]:
    """The warnings about a document as a whole."""
    if "Version" not in document and kind not in LATEST_ONLY:
        yield Remark(
            "MISSING_VERSION",
            "We recommend that you specify the Version element to help you with debugging "
            f'permission issues: without it 2008-10-17 applies. Add "Version": "{LATEST}".',
            (),
        )
    statements = list(statements_of(document))
    if kind is Kind.TRUST and not any(body["Effect"] == "Allow" for _, body in statements):
        yield Remark("NO_ALLOW_STATEMENT", NO_ALLOW, ("Statement",), key=True)
    if document.get("Version") != LATEST:
        yield from _ignored_variables(statements)


def warnings(path: Path, body: Body, kind: Kind) -> Iterator[Remark]:
    """The warnings of one statement."""
    yield from _star_without_like(path, body)
    principal = body.get("Principal")
    if isinstance(principal, dict):
        yield from _raw_ids((*path, "Principal"), principal)


def _ignored_variables(statements: list[tuple[Path, Body]]) -> Iterator[Remark]:
    message = f"Policy variables are plain text unless the Version is {LATEST}."
    for path, body in statements:
        for name in ("Resource", "NotResource"):
            if any(map(has_variable, texts(body, name))):
                yield Remark("VARIABLE_WITHOUT_VERSION", message, (*path, name))
        for where, _, _, values in conditions(path, body):
            if any(map(has_variable, values)):
                yield Remark("VARIABLE_WITHOUT_VERSION", message, where)


def _star_without_like(path: Path, body: Body) -> Iterator[Remark]:
    for where, used, _, values in conditions(path, body):
        literal = used.operator in strings.OPERATORS and "Like" not in used.operator.name
        if literal and any("*" in value.replace("${*}", "") for value in values):
            yield Remark(
                "WILDCARD_WITHOUT_LIKE_OPERATOR",
                "Your condition value includes a * or ? character. If you meant to use a wildcard "
                "(*, ?), update the condition operator to include Like.",
                where,
            )


def _raw_ids(path: Path, principal: Body) -> Iterator[Remark]:
    for index, text in enumerate(texts(principal, "AWS")):
        if text.startswith(("AIDA", "AROA")):
            what = "user" if text.startswith("AIDA") else "role"
            yield Remark(
                f"INVALID_{what.upper()}_REFERENCE",
                f"The Principal element includes the IAM {what} ID {text}: the {what} was deleted. "
                f"We recommend that you use {'an' if what == 'user' else 'a'} {what} ARN.",
                at(path, principal, "AWS", index),
            )
