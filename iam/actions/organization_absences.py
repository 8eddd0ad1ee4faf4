"""What no organization here has: invitations, accounts in the making, tags, delegated accounts.

Nor has one a policy of its own, policies that add up along the tree, or bills that another pays.
"""

from collections.abc import Callable
from typing import Any

from iam.actions.organization_subjects import (
    missing_of,
    on_node,
    on_organization,
    on_own_account,
    on_tagged,
)
from iam.perform import Call, Params, Resolution, Result, reads
from iam.wire.errors import AwsError

_LISTS: dict[str, tuple[str, Callable[[Call, Params], Resolution]]] = {
    "ListCreateAccountStatus": ("CreateAccountStatuses", on_organization()),
    "ListDelegatedAdministrators": ("DelegatedAdministrators", on_organization()),
    "ListHandshakesForAccount": ("Handshakes", on_own_account),
    "ListHandshakesForOrganization": ("Handshakes", on_organization()),
    "ListInboundResponsibilityTransfers": ("ResponsibilityTransfers", on_organization()),
    "ListOutboundResponsibilityTransfers": ("ResponsibilityTransfers", on_organization()),
    "ListTagsForResource": ("Tags", on_tagged),
}
_on_account = on_node("AccountId", "AccountNotFoundException", "an account", "ACCOUNT")
_NO_EFFECTIVE = AwsError(
    "EffectivePolicyNotFoundException",
    "If you ran this action on the management account, this policy type is not enabled. If you "
    "ran the action on a member account, the account doesn't have an effective policy of this "
    "type. Contact the administrator of your organization about attaching a policy of this type "
    "to the account.",
    400,
)
_UNKNOWN: dict[str, tuple[Callable[[Call, Params], Resolution], AwsError]] = {
    "DescribeCreateAccountStatus": (
        on_organization(),
        missing_of("CreateAccountStatusNotFoundException", "a create account request"),
    ),
    "DescribeHandshake": (
        on_own_account,
        missing_of("HandshakeNotFoundException", "a handshake"),
    ),
    "DescribeResourcePolicy": (
        on_organization(),
        AwsError(
            "ResourcePolicyNotFoundException",
            "We can't find a resource policy request with the parameter that you specified.",
            400,
        ),
    ),
    "DescribeResponsibilityTransfer": (
        on_organization(),
        missing_of("ResponsibilityTransferNotFoundException", "a transfer"),
    ),
    "ListAccountsWithInvalidEffectivePolicy": (on_organization(), _NO_EFFECTIVE),
    "ListDelegatedServicesForAccount": (
        _on_account,
        AwsError(
            "AccountNotRegisteredException",
            "The specified account is not a delegated administrator for this AWS service.",
            400,
        ),
    ),
    "ListEffectivePolicyValidationErrors": (_on_account, _NO_EFFECTIVE),
}
"""Errors with the sentences of the service model, where moto's tests have no better one."""


def _none_of(member: str) -> Callable[[Call, Params, object], Result]:
    def answer(call: Call, params: Params, subject: object) -> Result:
        return {member: []}

    return answer


def _never(call: Call, params: Params, subject: object) -> Result:
    """Answer nobody: what the request names is not there."""
    return {}


def _refusal(error: AwsError) -> Callable[[Call, Params, object], Any]:
    def refuse(call: Call, params: Params, subject: object) -> Any:
        raise AwsError(error.code, error.message, error.status)

    return refuse


def on_target(call: Call, params: Params) -> Resolution:
    """Resolve the account whose effective policy is read: the caller's own, unless it is named."""
    if "TargetId" not in params:
        return on_organization(members=True)(call, params)
    own = params["TargetId"] == call.caller.account_id
    return on_node("TargetId", "TargetNotFoundException", "a target", "ACCOUNT", members=own)(
        call, params
    )


for _operation, (_member, _on) in _LISTS.items():
    reads(f"organizations:{_operation}", on=_on)(_none_of(_member))
for _operation, (_on, _error) in _UNKNOWN.items():
    reads(f"organizations:{_operation}", on=_on, prepare=_refusal(_error))(_never)
reads("organizations:DescribeEffectivePolicy", on=on_target, prepare=_refusal(_NO_EFFECTIVE))(
    _never
)
