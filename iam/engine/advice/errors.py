"""Errors that AWS reports in the editor though it saves the document."""

from collections import defaultdict
from collections.abc import Iterator

from iam.engine.advice.reading import Body, at, conditions, texts
from iam.engine.advice.remark import Remark
from iam.engine.operators import addresses, binaries, booleans, dates, numbers
from iam.engine.operators.operator import Operator
from iam.engine.patterns import has_variable
from iam.engine.places import Path
from iam.engine.request import ARN_FIELDS
from iam.engine.terms import Kind

_TYPES = (
    (dates, "TYPE_MISMATCH_DATE", "a date such as 2026-01-31 or 2026-01-31T12:00:00Z"),
    (addresses, "TYPE_MISMATCH_IP_RANGE", "an IP address or a range such as 203.0.113.0/24"),
    (numbers, "TYPE_MISMATCH_NUMBER", "a number"),
    (booleans, "TYPE_MISMATCH_BOOLEAN", "`true` or `false`"),
    (binaries, "TYPE_MISMATCH_BINARY", "base64"),
)


def errors(path: Path, body: Body, kind: Kind) -> Iterator[Remark]:
    """The errors of one statement beyond the grammar."""
    yield from _values(path, body)
    yield from _variables(path, body)
    yield from _repeated_keys(path, body)
    for name in ("Resource", "NotResource"):
        for index, text in enumerate(texts(body, name)):
            yield from _arn(at(path, body, name, index), text)


def _values(path: Path, body: Body) -> Iterator[Remark]:
    for where, used, _, values in conditions(path, body):
        test = used.operator.well_formed
        for value in values:
            if test and not test(value) and not has_variable(value):
                code, expected = _expected(used.operator)
                yield Remark(code, f"`{value}` is not {expected}: it never matches", where)


def _expected(operator: Operator) -> tuple[str, str]:
    for family, code, expected in _TYPES:
        if operator in family.OPERATORS:
            return code, expected
    return "TYPE_MISMATCH", "an ARN"


def _variables(path: Path, body: Body) -> Iterator[Remark]:
    for where, used, _, values in conditions(path, body):
        if not used.operator.takes_variables and any(map(has_variable, values)):
            yield Remark(
                "INVALID_VARIABLE_FOR_OPERATOR",
                "Policy variables can only be used with String and ARN operators.",
                where,
            )


def _repeated_keys(path: Path, body: Body) -> Iterator[Remark]:
    seen: dict[str, set[str]] = defaultdict(set)
    for where, used, key, _ in conditions(path, body):
        if ":" not in key:
            message = "The condition key format is not valid. Use the format service:keyname."
            yield Remark("INVALID_CONDITION_KEY_FORMAT", message, where, key=True)
        if key.lower() in seen[str(used)]:
            yield Remark(
                "DUPLICATE_KEYS_WITH_DIFFERENT_CASE",
                f"The condition key {key} appears more than once with different capitalization in "
                "the same condition block. Remove the duplicate condition keys.",
                where,
                key=True,
            )
        seen[str(used)].add(key.lower())


def _arn(path: Path, text: str) -> Iterator[Remark]:
    fields = text.split(":", ARN_FIELDS - 1)
    if len(fields) < ARN_FIELDS:
        if text != "*":
            message = (
                "Resource ARNs must include at least 6 fields in the following structure: "
                "arn:partition:service:region:account:resource"
            )
            yield Remark("MISSING_ARN_FIELD", message, path)
        return
    _, _, service, _, account, _ = fields
    if service != service.lower():
        message = "Update the service name in the resource ARN to use all lowercase letters."
        yield Remark("INVALID_ARN_SERVICE_CASE", message, path)
    digits = account.isdigit() and len(account) == 12
    if account and not digits and account != "aws" and not any(m in account for m in "*?$"):
        message = "The resource ARN account ID is not valid. Provide a 12-digit account ID."
        yield Remark("INVALID_ARN_ACCOUNT", message, path)
