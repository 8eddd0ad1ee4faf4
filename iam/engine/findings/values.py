"""The values of conditions: of the type their operator compares, and of the form their key has."""

import re
from collections.abc import Iterator
from ipaddress import ip_network

from iam.engine.document.json_text import NumberText
from iam.engine.document.quotes import quoted
from iam.engine.findings.facts import Facts
from iam.engine.findings.finding import UnplacedFinding, finding
from iam.engine.findings.statement_reading import ConditionReading, StatementReading, is_wild
from iam.engine.matching.operators import addresses, binaries, booleans, dates, numbers, strings
from iam.engine.matching.operators.operator import Operator
from iam.engine.matching.patterns import has_variable

_MISMATCHES = (
    (dates, "TYPE_MISMATCH_DATE"),
    (addresses, "TYPE_MISMATCH_IP_RANGE"),
    (numbers, "TYPE_MISMATCH_NUMBER"),
    (booleans, "TYPE_MISMATCH_BOOLEAN"),
    (binaries, "TYPE_MISMATCH_STRING"),
)
_VPC = re.compile(r"vpc-(?:[0-9a-z]{8}|[0-9a-z]{17})", re.ASCII)
_VPCE = re.compile(r"vpce-(?:[0-9a-z]{8}|[0-9a-z]{17})", re.ASCII)
_SERVICE = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?", re.ASCII)
_SERVICE_FORM = "service-name.amazonaws.com"
_VIA = re.compile(r"[a-z0-9-]+\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?", re.ASCII)
_KMS_KEY = re.compile(r"arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/.+", re.ASCII)
_FORMS = {
    "aws:sourcevpc": (_VPC, "INVALID_VPC_FORMAT", ""),
    "aws:sourcevpce": (_VPCE, "INVALID_VPCE_FORMAT", ""),
    "iam:passedtoservice": (_SERVICE, "INVALID_SERVICE_PRINCIPAL_FORMAT", _SERVICE_FORM),
    "aws:principalservicename": (_SERVICE, "INVALID_SERVICE_PRINCIPAL_FORMAT", _SERVICE_FORM),
    "aws:principalservicenameslist": (_SERVICE, "INVALID_SERVICE_PRINCIPAL_FORMAT", _SERVICE_FORM),
    "aws:calledvia": (_SERVICE, "INVALID_SERVICE_PRINCIPAL_FORMAT", _SERVICE_FORM),
    "aws:calledviafirst": (_SERVICE, "INVALID_SERVICE_PRINCIPAL_FORMAT", _SERVICE_FORM),
    "aws:calledvialast": (_SERVICE, "INVALID_SERVICE_PRINCIPAL_FORMAT", _SERVICE_FORM),
    "kms:viaservice": (
        _VIA, "INVALID_SERVICE_PRINCIPAL_FORMAT", "service-name.AWS_region.amazonaws.com",
    ),
    "s3:x-amz-server-side-encryption-aws-kms-key-id": (_KMS_KEY, "INVALID_KMS_KEY_VALUE", ""),
}  # fmt: skip


def statement_findings(statement: StatementReading) -> Iterator[UnplacedFinding]:
    """Find the values that never match, or match otherwise than they read."""
    for condition in statement.conditions():
        yield from _types(condition)
        yield from _json_types(condition)
        yield from _wildcards(condition)
        if condition.used.operator in strings.OPERATORS:
            yield from _forms(condition)
            if statement.facts is not None:
                yield from _regions(condition, statement.facts)
        if condition.used.operator in dates.OPERATORS:
            yield from _epochs(condition)
        if condition.used.operator in addresses.OPERATORS:
            yield from _ranges(condition)


def _types(condition: ConditionReading) -> Iterator[UnplacedFinding]:
    operator = condition.used.operator
    for value in condition.values:
        if operator.well_formed and not operator.well_formed(value) and not has_variable(value):
            hint = f"`{quoted(value)}` never matches."
            code = _mismatch(operator)
            yield finding(
                code,
                condition.path,
                hint=hint,
                operator=condition.used,
                allowed="String",
                key=condition.key,
            )


def _mismatch(operator: Operator) -> str:
    codes = (code for family, code in _MISMATCHES if operator in family.OPERATORS)
    return next(codes, "TYPE_MISMATCH")


def _json_types(condition: ConditionReading) -> Iterator[UnplacedFinding]:
    values = condition.value if isinstance(condition.value, list) else [condition.value]
    if len({"number" if isinstance(v, NumberText) else type(v) for v in values}) > 1:
        yield finding("INVALID_CONDITION_DATA_TYPE", condition.path)
    single = condition.used.quantifier is None
    if condition.used.operator.name == "Bool" and single and len(values) > 1:
        yield finding("INVALID_CONDITION_MULTIPLE_BOOLEAN", condition.path)


def _wildcards(condition: ConditionReading) -> Iterator[UnplacedFinding]:
    literal = condition.used.operator in strings.OPERATORS and not condition.is_like
    if literal and any(is_wild(value) for value in condition.values):
        yield finding("WILDCARD_WITHOUT_LIKE_OPERATOR", condition.path)


def _forms(condition: ConditionReading) -> Iterator[UnplacedFinding]:
    form, code, expected = _FORMS.get(condition.name, (None, "", ""))
    for value in condition.values if form else ():
        plain = not has_variable(value) and not (condition.is_like and is_wild(value))
        if form and plain and not form.fullmatch(value):
            yield finding(code, condition.path, format=expected, key=condition.key)


def _regions(condition: ConditionReading, facts: Facts) -> Iterator[UnplacedFinding]:
    if condition.name == "aws:requestedregion":
        for value in condition.values:
            if not is_wild(value) and not has_variable(value) and value not in facts.regions:
                yield finding("INVALID_REGION", condition.path, region=value)


def _epochs(condition: ConditionReading) -> Iterator[UnplacedFinding]:
    for value in condition.values:
        if value.isascii() and value.isdigit() and len(value) > 4:
            yield finding("INVALID_DATE_VALUE", condition.path, date=value)


def _ranges(condition: ConditionReading) -> Iterator[UnplacedFinding]:
    for value in condition.values:
        try:
            network = ip_network(value.strip(), strict=False)
        except ValueError:
            continue
        address, slash, _ = value.strip().partition("/")
        if slash and str(network.network_address) != address.lower():
            yield finding("IMPROVE_IP_RANGE", condition.path, address=network)
