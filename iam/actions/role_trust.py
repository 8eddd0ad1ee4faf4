"""Trust policies of roles: who may assume them."""

from iam.actions.refusals import over_quota
from iam.actions.subjects import ROLE, to_change
from iam.engine import PolicyType, size_without_whitespace
from iam.models import Document, Role
from iam.perform import Call, Params, writes
from iam.queries import bind, checked_document

_LARGEST = 2048


def stored_trust(call: Call, text: str) -> tuple[Document, dict[str, str]]:
    """Return a trust policy as stored, with the unique IDs that its principals mean now."""
    checked_document(text, PolicyType.TRUST)
    if size_without_whitespace(text) > _LARGEST:
        raise over_quota("ACLSizePerRole", _LARGEST)
    bound = bind(call.caller.sandbox, text)
    return Document.of(call.caller.sandbox, text), bound


@writes("iam:UpdateAssumeRolePolicy", on=to_change(ROLE))
def update_assume_role_policy(call: Call, params: Params, role: Role) -> None:
    """Replace a role's trust policy; principals are bound anew."""
    role.trust, role.trust_bound = stored_trust(call, params["PolicyDocument"])
    role.save(update_fields=["trust", "trust_bound"])
