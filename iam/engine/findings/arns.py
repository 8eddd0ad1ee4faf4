"""Resource ARNs: accounts, cases, and what a catalogue knows of their form."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from iam.arns import (
    ACCOUNT,
    ARN_FIELDS,
    REGION,
    RESOURCE,
    SERVICE,
    is_account_id,
    split_arn,
    transform_arn,
)
from iam.engine.document.places import Path
from iam.engine.findings.facts import Facts
from iam.engine.findings.finding import UnplacedFinding, finding
from iam.engine.findings.statement_reading import StatementReading, is_wild
from iam.engine.matching.patterns import matcher, parse
from iam.engine.matching.wildcards import Test

_PLACE = re.compile(r"\$\{[^{}]*\}")
_WILD = re.compile(r"[*?]")
_Fields = list[str]
_NOT_IN_THE_REFERENCE = {"cloudformation": (transform_arn("${Region}", "${Name}"),)}
"""Resources that AWS checks and its user guides show, and the service reference leaves out."""


def statement_findings(statement: StatementReading) -> Iterator[UnplacedFinding]:
    """Find the resources of a statement that no ARN of AWS is like."""
    for name in ("Resource", "NotResource"):
        for path, text in statement.located(name):
            if text == "*":
                continue
            fields = split_arn(_PLACE.sub("*", text))
            if len(fields) < ARN_FIELDS:
                # Without any colon it is no ARN at all, which is another finding.
                if len(fields) > 1:
                    yield finding("MISSING_ARN_FIELD", path)
                continue
            yield from _form(path, fields)
            if statement.service and fields[SERVICE] not in {statement.service, "*"}:
                code = "UNSUPPORTED_RESOURCE_ARN_IN_POLICY"
                yield finding(code, path, type=statement.resource_type)
            elif statement.facts is not None:
                yield from _known(path, fields, statement.facts)


def _form(path: Path, fields: _Fields) -> Iterator[UnplacedFinding]:
    prefix, _, service, _, account, _ = fields
    if prefix not in {"arn", "*"}:
        yield finding("INVALID_ARN_PREFIX", path)
    if service != service.lower():
        yield finding("INVALID_ARN_SERVICE_CASE", path, service=service)
    if account and not is_account_id(account) and account != "aws" and not is_wild(account):
        yield finding("INVALID_ARN_ACCOUNT", path, account=account)


def _known(path: Path, fields: _Fields, facts: Facts) -> Iterator[UnplacedFinding]:
    _, _, service, region, account, resource = fields
    known = (*facts.arn_formats(service), *_NOT_IN_THE_REFERENCE.get(service, ()))
    formats = [split_arn(arn) for arn in known]
    own = [one for one in formats if len(one) == ARN_FIELDS and one[SERVICE] == service]
    fitting = [one for one in own if _may_be(resource, one[RESOURCE])]
    if own and not fitting:
        yield finding("INVALID_ARN_RESOURCE", path)
    if not fitting:
        return
    regions, accounts = ({one[place] for one in fitting} for place in (REGION, ACCOUNT))
    yield from _region(path, service, region, regions, facts)
    if account and account != "*" and accounts == {""}:
        yield finding("ARN_ACCOUNT_NOT_ALLOWED", path, service=service)
    elif not account and "" not in accounts and regions == {""}:
        # AWS's own regional resources, such as images, have no account.
        yield finding("MISSING_ARN_ACCOUNT", path, resource=resource)


def _region(
    path: Path, service: str, region: str, allowed: Collection[str], facts: Facts
) -> Iterator[UnplacedFinding]:
    if region and region != "*" and set(allowed) == {""}:
        yield finding("ARN_REGION_NOT_ALLOWED", path, service=service)
    elif not region and "" not in allowed:
        yield finding("MISSING_ARN_REGION", path, service=service)
    elif region and not is_wild(region) and region not in facts.regions:
        yield finding("INVALID_ARN_REGION", path, region=region)


@lru_cache(maxsize=4096)
def _fits(form: str) -> Test:
    return matcher(parse(_PLACE.sub("*", form)))


def _may_be(resource: str, form: str) -> bool:
    """Whether a resource, perhaps with wildcards, may be one of a form with places to fill in."""
    if _fits(form)(resource):
        return True
    head, form_head = _WILD.split(resource)[0], form.partition("${")[0]
    wild = len(head) < len(resource)
    return wild and (head.startswith(form_head) or form_head.startswith(head))
