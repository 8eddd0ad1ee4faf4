"""Trust policies of roles."""

from iam import quotas
from iam.actions.refusals import over_quota
from iam.actions.resource_kinds import ROLE
from iam.actions.subjects import to_change
from iam.arns import name_in
from iam.engine import PolicyType, size_without_whitespace
from iam.models import Document, Role
from iam.perform import Call, Params, returns_resource_policy, writes
from iam.queries import as_saved, bind, checked_document


@returns_resource_policy("iam")
def read_of_trust(arn: str) -> tuple[str, Params]:
    return "iam:GetRole", {"RoleName": name_in(arn)}


def bound_trust(call: Call, params: Params, member: str) -> dict[str, str]:
    """Return the unique IDs of a trust policy's principals; refuses an invalid policy."""
    text = params[member]
    checked_document(text, PolicyType.TRUST, member)
    if size_without_whitespace(text) > quotas.TRUST_POLICY_SIZE:
        raise over_quota("ACLSizePerRole", quotas.TRUST_POLICY_SIZE, member)
    return bind(call.caller.sandbox, text, member)


def trusting_anew(call: Call, params: Params, role: Role) -> Role:
    role.trust_bound = bound_trust(call, params, "PolicyDocument")
    return role


@writes("iam:UpdateAssumeRolePolicy", on=to_change(ROLE), prepare=trusting_anew)
def update_assume_role_policy(call: Call, params: Params, role: Role) -> None:
    role.trust = Document.of(call.caller.sandbox, as_saved(params["PolicyDocument"]))
    role.save(update_fields=["trust", "trust_bound"])
