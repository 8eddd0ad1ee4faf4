"""iam:GetContextKeysForCustomPolicy and iam:GetContextKeysForPrincipalPolicy."""

from collections.abc import Iterable

from iam.actions.simulation.documents import PolicyInput, policy_inputs
from iam.actions.simulation.entities import attached_documents, on_nothing, on_source
from iam.actions.subjects import Owner
from iam.perform import Call, Params, Result, reads


def _names(documents: Iterable[PolicyInput]) -> Result:
    found: dict[str, str] = {}
    for document in documents:
        for key in document.context_keys:
            found.setdefault(key.lower(), key)
    return {"ContextKeyNames": sorted(found.values(), key=str.lower)}


@reads("iam:GetContextKeysForCustomPolicy", on=on_nothing)
def get_context_keys_for_custom_policy(call: Call, params: Params, _: None) -> Result:
    """Name the context keys that given policies ask about."""
    return _names(policy_inputs(params))


@reads("iam:GetContextKeysForPrincipalPolicy", on=on_source)
def get_context_keys_for_principal_policy(call: Call, params: Params, source: Owner) -> Result:
    """Name the context keys that the policies of a user, group or role ask about.

    The permissions boundary is among them: a simulation takes it into account.
    """
    attached, boundary = attached_documents(call, source, ())
    return _names([*attached, *([boundary] if boundary else []), *policy_inputs(params)])
