"""The keys of conditions: how they are written, which exist, and which belong together."""

import re
from collections import defaultdict
from collections.abc import Iterator

from iam.engine.findings.facts import Facts
from iam.engine.findings.finding import UnplacedFinding, finding
from iam.engine.findings.statement_reading import ConditionReading, StatementReading, covers

_TAG_KEY = re.compile(r"([a-z0-9-]+:)(resource|request|principal)tag/?", re.ASCII)
_SPOOFED = {"aws:referer", "aws:useragent"}
_PAIRS = {"aws:vpcsourceip": ("aws:SourceVpc", "aws:SourceVpce")}
_FEW_SERVICES = {"aws:vpceaccount", "aws:vpceorgid", "aws:vpceorgpaths"}
BEYOND_ITS_SERVICE = {
    "codebuild:buildarn", "codebuild:projectarn", "ec2:sourceinstancearn",
    "glue:credentialissuingservice", "glue:roleassumedby", "identitystore:userid",
    "lambda:sourcefunctionarn", "ssm:sourceinstancearn",
}  # fmt: skip
"""Keys that a service adds to the requests its workloads make to others."""
_NO_SERVICE = {"saml", "aws"}


def statement_findings(statement: StatementReading) -> Iterator[UnplacedFinding]:
    """Find the condition keys that are not what they seem."""
    yield from _repeated(statement)
    present = statement.condition_keys()
    for condition in statement.conditions():
        yield from _written(condition)
        if condition.name in _SPOOFED:
            yield finding(
                "UNTRUSTWORTHY_CONDITION_KEY", condition.path, at_key=True, key=condition.key
            )
        others = _PAIRS.get(condition.name, ())
        if others and not present & {other.lower() for other in others}:
            yield finding(
                "MISSING_PAIRED_CONDITION_KEYS",
                condition.path,
                at_key=True,
                key=condition.key,
                others=" or ".join(others),
            )
        if condition.name in _FEW_SERVICES and _is_unscoped(statement):
            code = "USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES"
            yield finding(code, condition.path, at_key=True, key=condition.key)
        if statement.facts is not None:
            yield from _existence(condition, statement.facts)


def _repeated(statement: StatementReading) -> Iterator[UnplacedFinding]:
    seen: dict[str, set[str]] = defaultdict(set)
    for condition in statement.conditions():
        if condition.name in seen[str(condition.used)]:
            code = "DUPLICATE_KEYS_WITH_DIFFERENT_CASE"
            yield finding(code, condition.path, at_key=True, key=condition.key)
        seen[str(condition.used)].add(condition.name)


def _written(condition: ConditionReading) -> Iterator[UnplacedFinding]:
    if ":" not in condition.key:
        yield finding("INVALID_CONDITION_KEY_FORMAT", condition.path, at_key=True)
    elif condition.name == "aws:arn":
        yield finding("UNSUPPORTED_GLOBAL_CONDITION_KEY", condition.path, at_key=True)
    elif _TAG_KEY.fullmatch(condition.name):
        key = condition.key.rstrip("/") + "/"
        yield finding("MISSING_TAG_KEY_IN_CONDITION", condition.path, at_key=True, key=key)


def _is_unscoped(statement: StatementReading) -> bool:
    return "NotAction" in statement.body or covers(statement.texts("Action"), "any:Action")


def _existence(condition: ConditionReading, facts: Facts) -> Iterator[UnplacedFinding]:
    prefix, colon, _ = condition.name.partition(":")
    known = condition.name in BEYOND_ITS_SERVICE or facts.key_type(condition.key)
    if not colon or known or _TAG_KEY.fullmatch(condition.name) or condition.name == "aws:arn":
        return
    if prefix == "aws":
        yield finding(
            "INVALID_GLOBAL_CONDITION_KEY", condition.path, at_key=True, key=condition.key
        )
    elif prefix in facts.services:
        yield finding(
            "INVALID_SERVICE_CONDITION_KEY",
            condition.path,
            at_key=True,
            key=condition.key,
            service=prefix,
        )
    elif "." not in prefix and prefix not in _NO_SERVICE:
        yield finding("INVALID_SERVICE", condition.path, at_key=True, service=prefix)
