"""Checking the text of a policy: what the console's editor shows, as AWS shapes it."""

from json import JSONDecoder

from console.services.accessanalyzer.errors import refused
from console.services.accessanalyzer.paging import page_of, refuse_token
from console.services.accessanalyzer.resolvers import on_all
from iam.catalogue import CataloguedFacts
from iam.engine import OUR_CODES, Finding, PolicyType, Severity, findings
from iam.perform import Call, Params, Result, reads

Checked = tuple[str, tuple[Finding, ...]]

_TYPES = {
    "IDENTITY_POLICY": PolicyType.IDENTITY,
    "RESOURCE_POLICY": PolicyType.RESOURCE,
    "SERVICE_CONTROL_POLICY": PolicyType.SCP,
    "RESOURCE_CONTROL_POLICY": PolicyType.RCP,
}
_TRUST = "AWS::IAM::AssumeRolePolicyDocument"
_FINDING_TYPES = {
    Severity.SECURITY: ("SECURITY_WARNING", "security-warning"),
    Severity.ERROR: ("ERROR", "error"),
    Severity.WARNING: ("WARNING", "general-warning"),
    Severity.SUGGESTION: ("SUGGESTION", "suggestion"),
}
"""AWS's types, and what stands for each in the addresses of its reference of policy checks."""
_PAGE = "access-analyzer-reference-policy-checks"
_REFERENCE = f"https://docs.aws.amazon.com/IAM/latest/UserGuide/{_PAGE}.html#{_PAGE}"
_DECODER = JSONDecoder(strict=False)


def checked(call: Call, params: Params, subject: None) -> Checked:
    """Return the text with its findings; refuses a token, and a resource type of another policy."""
    refuse_token(params)
    text, resource_type = params["policyDocument"], params.get("validatePolicyResourceType", "")
    policy_type = _TYPES[params["policyType"]]
    if resource_type and policy_type is not PolicyType.RESOURCE:
        message = "A resource type is for the policy type RESOURCE_POLICY only."
        raise refused(message, "validatePolicyResourceType")
    if resource_type == _TRUST:
        policy_type, resource_type = PolicyType.TRUST, ""
    found = findings(text, policy_type, CataloguedFacts(), resource_type)
    return text, tuple(one for one in found if one.code not in OUR_CODES)


def _end(text: str, one: Finding) -> int:
    """Return where the value, or the key, that a finding is at ends."""
    try:
        return _DECODER.raw_decode(text, one.offset)[1]
    except ValueError:
        return min(one.offset + 1, len(text))


def _position(text: str, offset: int) -> Result:
    """Return a position as AWS counts: lines from 1, columns and offsets from 0."""
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset) - 1
    return {"line": line, "column": column, "offset": offset}


def _path(one: Finding) -> list[Result]:
    path: list[Result] = [
        {"index": part} if isinstance(part, int) else {"value": part} for part in one.path
    ]
    if one.at_key and path:
        path[-1] = {"key": one.path[-1]}
    return path


def _shape(text: str, one: Finding) -> Result:
    type_, anchor = _FINDING_TYPES[one.severity]
    span = {"start": _position(text, one.offset), "end": _position(text, _end(text, one))}
    return {
        "findingDetails": one.details,
        "findingType": type_,
        "issueCode": one.code,
        "learnMoreLink": f"{_REFERENCE}-{anchor}-{one.code.lower().replace('_', '-')}",
        "locations": [{"path": _path(one), "span": span}],
    }


@reads("access-analyzer:ValidatePolicy", on=on_all, prepare=checked)
def validate_policy(call: Call, params: Params, prepared: Checked) -> Result:
    """Return the findings about a policy's text, in English whatever the locale."""
    text, found = prepared
    return page_of(params, found, lambda one: _shape(text, one))
