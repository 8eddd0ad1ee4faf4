"""Findings about the principals of resource and trust policies."""

from collections.abc import Iterator

from iam.engine.findings.finding import UnplacedFinding, finding
from iam.engine.findings.statement_reading import StatementReading
from iam.engine.terms import PolicyType

_SOURCES = {"aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths"}
_OF_PEOPLE = ("aws:principalorgid", "aws:principalorgpaths", "aws:principaltag/")


def statement_findings(statement: StatementReading) -> Iterator[UnplacedFinding]:
    """Find the principals that are named in a way that lets in more, or nobody."""
    if statement.policy_type not in {PolicyType.TRUST, PolicyType.RESOURCE}:
        return
    yield from _raw_ids(statement)
    yield from _unknown_services(statement)
    yield from _everyone(statement)
    if statement.allows:
        yield from _services(statement)
    if statement.policy_type is PolicyType.RESOURCE:
        for path, _ in statement.principals("Federated"):
            yield finding("FEDERATED_PRINCIPAL_NOT_SUPPORTED", path)
        yield from _irrelevant(statement)


def _raw_ids(statement: StatementReading) -> Iterator[UnplacedFinding]:
    for path, text in statement.principals("AWS"):
        for prefix, what in (("AIDA", "user"), ("AROA", "role")):
            if text.startswith(prefix):
                hint = f"The {what} was deleted."
                yield finding(f"INVALID_{what.upper()}_REFERENCE", path, hint=hint, id=text)


def _unknown_services(statement: StatementReading) -> Iterator[UnplacedFinding]:
    for path, name in statement.principals("Service"):
        hint = statement.facts.unknown_service_hint(name) if statement.facts else None
        if hint is not None:
            yield finding("UNKNOWN_SERVICE_PRINCIPAL", path, hint=hint, principal=name)


def _everyone(statement: StatementReading) -> Iterator[UnplacedFinding]:
    path = (*statement.path, "Principal")
    bare = statement.body.get("Principal") == "*"
    if bare and statement.policy_type is PolicyType.TRUST:
        yield finding("ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL", path)
    anyone = bare or any(text == "*" for _, text in statement.principals("AWS"))
    if anyone and statement.allows and not statement.body.get("Condition"):
        what = (
            "assume this role" if statement.policy_type is PolicyType.TRUST else "use this resource"
        )
        yield finding("ALLOW_WITH_STAR_IN_PRINCIPAL", path, what=what)


def _services(statement: StatementReading) -> Iterator[UnplacedFinding]:
    named = list(statement.principals("Service"))
    if not named:
        return
    path, service = named[0]
    conditions = list(statement.conditions())
    of_people = [one.key for one in conditions if one.name.startswith(_OF_PEOPLE)]
    if of_people:
        code = "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL"
        yield finding(code, path, keys=", ".join(of_people))
    if statement.policy_type is PolicyType.TRUST or statement.condition_keys() & _SOURCES:
        return
    referer = next((one for one in conditions if one.name == "aws:referer"), None)
    if referer is None:
        yield finding("RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL", path)
    else:
        code = "RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL"
        yield finding(code, referer.path, at_key=True, principal=service, key=referer.key)


def _irrelevant(statement: StatementReading) -> Iterator[UnplacedFinding]:
    for condition in statement.conditions():
        if statement.service and condition.name == f"{statement.service}:resourceaccount":
            yield finding(
                "IRRELEVANT_CONDITION_KEY_IN_POLICY",
                condition.path,
                at_key=True,
                key=condition.key,
                type=statement.resource_type,
            )
