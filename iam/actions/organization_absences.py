"""What no organization here has: invitations, accounts in the making, tags, delegated accounts."""

from collections.abc import Callable

from iam.actions.organization_subjects import on_organization, on_own_account, on_tagged
from iam.perform import Call, Params, Resolution, Result, reads

_LISTS: dict[str, tuple[str, Callable[[Call, Params], Resolution]]] = {
    "ListCreateAccountStatus": ("CreateAccountStatuses", on_organization()),
    "ListDelegatedAdministrators": ("DelegatedAdministrators", on_organization()),
    "ListHandshakesForAccount": ("Handshakes", on_own_account),
    "ListHandshakesForOrganization": ("Handshakes", on_organization()),
    "ListTagsForResource": ("Tags", on_tagged),
}


def _none_of(member: str) -> Callable[[Call, Params, object], Result]:
    def answer(call: Call, params: Params, subject: object) -> Result:
        return {member: []}

    return answer


for _operation, (_member, _on) in _LISTS.items():
    reads(f"organizations:{_operation}", on=_on)(_none_of(_member))
