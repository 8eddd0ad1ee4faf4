"""The policies of a simulation, given as text or stored, with their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from iam.actions.policy_reads import PolicyRead
from iam.engine import (
    PolicyError,
    PolicySource,
    PolicyType,
    StatementSpan,
    as_list,
    assumes,
    context_keys,
    parse_policy,
    statement_spans,
    statements_in,
    validate_policy,
)
from iam.perform import Params
from iam.wire.errors import AwsError

IAM_POLICY = "IAM Policy"
RESOURCE_POLICY = "Resource Policy"
BOUNDARY_POLICY = "Permissions Boundary Policy"


class InvalidPolicyInput(AwsError):
    """A given document does not parse; line and column count from 1."""

    def __init__(self, message: str, error: PolicyError, member: str) -> None:
        super().__init__("InvalidInput", message, 400, (member,))
        self.line = error.line
        self.column = error.column
        self.detail = error.detail


@dataclass(frozen=True)
class PolicyInput:
    """One policy of a simulation: AWS's name and type for it, and its text."""

    policy_id: str
    policy_type: str
    text: str
    arn: str = ""
    key: str = ""
    """The name that sets it apart from the simulation's other documents."""
    read: PolicyRead | None = None
    """What returns a stored one's text; None if the request brought it."""

    @cached_property
    def spans(self) -> tuple[StatementSpan, ...]:
        return statement_spans(self.text)

    @cached_property
    def context_keys(self) -> tuple[str, ...]:
        return context_keys(self.text)

    @property
    def source(self) -> PolicySource:
        """Return its policy source; raises PolicyEvaluation if a stored one does not parse."""
        try:
            return PolicySource(parse_policy(self.text), self.key, self.arn)
        except PolicyError as error:
            message = f"The policy {self.policy_id} could not be evaluated: {error.message}"
            raise AwsError("PolicyEvaluation", message, 500) from error


def _checked(text: str, policy_type: PolicyType, named: str, member: str) -> str:
    try:
        validate_policy(text, policy_type)
    except PolicyError as error:
        raise InvalidPolicyInput(f"{named} has invalid content", error, member) from error
    return text


def given(params: Params, member: str, named: str, policy_type: str) -> list[PolicyInput]:
    """Return the documents of a list of texts; raises InvalidInput for one that is no policy.

    A document needs no version: one that is only simulated is not stored.
    """
    return [
        PolicyInput(
            policy_id=f"{member}.{number}",
            policy_type=policy_type,
            text=_checked(text, PolicyType.SESSION, f"{named} list item {number}", member),
            key=f"{member}.{number}",
        )
        for number, text in enumerate(params.get(member, ()), start=1)
    ]


def policy_inputs(params: Params) -> list[PolicyInput]:
    return given(params, "PolicyInputList", "Policy input", IAM_POLICY)


def boundary_input(params: Params) -> PolicyInput | None:
    """Return the permissions boundary of a request, which has at most one."""
    member = "PermissionsBoundaryPolicyInputList"
    found = given(params, member, "Permissions boundary policy input", BOUNDARY_POLICY)
    if len(found) > 1:
        message = "The list of Permissions Boundary policies cannot exceed 1 items."
        raise AwsError("InvalidInput", message, 400, (member,))
    return found[0] if found else None


def _is_trust_policy(text: str) -> bool:
    """Whether a document that parses is only about assuming a role."""
    try:
        parse_policy(text)
    except PolicyError:
        return False
    actions = [action for one in statements_in(text) for action in as_list(one.get("Action", "*"))]
    return bool(actions) and all(map(assumes, actions))


def trust_policy(params: Params) -> PolicyInput | None:
    """Return the resource policy of a request if it is a role's trust policy."""
    text = params.get("ResourcePolicy")
    if text is None or not _is_trust_policy(text):
        return None
    return PolicyInput("ResourcePolicy", RESOURCE_POLICY, text, key="ResourcePolicy")


def resource_policy(params: Params, resources: Sequence[str]) -> PolicyInput | None:
    """Return the resource policy of a request; the request must name its resources.

    AWS's simulator parses a trust policy and ignores it (aws-cli 10314).
    """
    text = params.get("ResourcePolicy")
    if text is None:
        return None
    if "*" in resources:
        message = "Invalid Entity Arn: * does not clearly define entity type and name."
        raise AwsError("InvalidInput", message, 400, ("ResourceArns",))
    if _is_trust_policy(text):
        return None
    _checked(text, PolicyType.RESOURCE, "Resource policy", "ResourcePolicy")
    for statement in parse_policy(text).statements:
        if statement.resources is not None and "*" in statement.resources.texts:
            message = "ResourceNames are not in a valid ARN format: *."
            raise AwsError("InvalidInput", message, 400, ("ResourcePolicy",))
    return PolicyInput("ResourcePolicy", RESOURCE_POLICY, text, key="ResourcePolicy")


def organization_levels(params: Params) -> tuple[tuple[PolicySource, ...], ...]:
    """Return the service control policies of a request, level by level from the root."""
    levels: list[dict[str, Any]] = params.get("OrderedOrganizationPolicyInputList", [])
    named = "Service control policy input"
    return tuple(
        tuple(
            document.source for document in given(level, "ServiceControlPolicyInputList", named, "")
        )
        for level in levels
    )
