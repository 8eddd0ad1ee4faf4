"""Operators that do not suit their key."""

from collections.abc import Iterator

from iam.engine.findings.finding import UnplacedFinding, finding, finding_with_words
from iam.engine.findings.statement_reading import ConditionReading, StatementReading
from iam.engine.matching.operators import (
    addresses,
    arns,
    binaries,
    booleans,
    dates,
    numbers,
    strings,
)
from iam.engine.matching.operators.registry import Quantifier
from iam.engine.terms import PolicyType

_MULTI_VALUED = {
    "aws:calledvia", "aws:principalorgpaths", "aws:principalservicenameslist", "aws:tagkeys",
    "aws:resourceorgpaths", "aws:sourceorgpaths", "aws:vpceorgpaths",
}  # fmt: skip
_FAMILIES = {
    "String": ("String", strings.OPERATORS),
    "ARN": ("ARN", (*arns.OPERATORS, *strings.OPERATORS)),
    "Bool": ("Boolean", booleans.OPERATORS),
    "Date": ("Date", (*dates.OPERATORS, *numbers.OPERATORS)),
    "Numeric": ("Numeric", numbers.OPERATORS),
    "IPAddress": ("IP address", addresses.OPERATORS),
    "Binary": ("Binary", binaries.OPERATORS),
}


def statement_findings(statement: StatementReading) -> Iterator[UnplacedFinding]:
    """Find qualifiers and operators of another type than the key's."""
    for condition in statement.conditions():
        type_ = statement.facts.key_type(condition.key) if statement.facts else ""
        quantifier = condition.used.quantifier
        if condition.used.operator.tests_presence:
            if quantifier is not None:
                yield finding("NULL_WITH_QUALIFIER", condition.path, at_key=True)
            continue
        yield from _qualified(statement, condition, type_)
        yield from _typed(condition, type_)


def _qualified(
    statement: StatementReading, condition: ConditionReading, type_: str
) -> Iterator[UnplacedFinding]:
    quantifier = condition.used.quantifier
    several = _is_multi_valued(condition.name, type_)
    if quantifier is None and type_.startswith("ArrayOf"):
        yield finding("MISSING_QUALIFIER", condition.path, at_key=True, key=condition.key)
    if statement.policy_type is PolicyType.TRUST and quantifier and condition.name.endswith(":aud"):
        code = (
            "FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE"
            if quantifier is Quantifier.ANY
            else "CONFIRM_AUDIENCE_CLAIM_TYPE"
        )
        yield finding(code, condition.path, at_key=True, key=condition.key)
    elif quantifier is Quantifier.ALL and several is False and statement.allows:
        code = "FORALLVALUES_WITH_SINGLE_VALUED_KEY"
        hint = "It holds when the key is missing."
        yield finding(code, condition.path, at_key=True, hint=hint, key=condition.key)


def _is_multi_valued(name: str, type_: str) -> bool | None:
    if type_:
        return type_.startswith("ArrayOf")
    if name.endswith(":sub") and "." in name.partition(":")[0]:
        return False  # an identity provider's token has one subject
    return name in _MULTI_VALUED if name.startswith("aws:") else None


def _typed(condition: ConditionReading, type_: str) -> Iterator[UnplacedFinding]:
    allowed, suiting = _FAMILIES.get(type_.removeprefix("ArrayOf"), ("", ()))
    operator = condition.used.operator
    if not allowed or (type_ == "String" and condition.name.endswith("arn")):
        return
    words: dict[str, object] = {
        "allowed": allowed,
        "operator": condition.used,
        "key": condition.key,
    }
    if operator not in suiting:
        yield finding_with_words("TYPE_MISMATCH", condition.path, words, at_key=True)
    elif allowed == "ARN" and operator.name == "StringLike":
        code = "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS"
        yield finding_with_words(code, condition.path, words, at_key=True)
