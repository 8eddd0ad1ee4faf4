"""iam:GetContextKeysForCustomPolicy and iam:GetContextKeysForPrincipalPolicy."""

from collections.abc import Iterable

from iam.actions.resource_kinds import Owner
from iam.actions.simulation.documents import PolicyInput, policy_inputs
from iam.actions.simulation.entities import attached_documents, on_nothing, on_source
from iam.actions.simulation.work import refuse_much
from iam.perform import Call, Params, Result, reads


def _names(documents: Iterable[PolicyInput]) -> Result:
    found: dict[str, str] = {}
    for document in documents:
        for key in document.context_keys:
            found.setdefault(key.lower(), key)
    return {"ContextKeyNames": sorted(found.values(), key=str.lower)}


def given_policies(call: Call, params: Params, source: Owner | None) -> list[PolicyInput]:
    """Return all policies whose keys are requested; raises AwsError for an invalid one.

    A permissions boundary is included, as in simulations.
    """
    refuse_much(params)
    if source is None:
        return policy_inputs(params)
    attached, boundary = attached_documents(call, source, ())
    return [*attached, *([boundary] if boundary else []), *policy_inputs(params)]


@reads("iam:GetContextKeysForCustomPolicy", on=on_nothing, prepare=given_policies)
def get_context_keys_for_custom_policy(
    call: Call, params: Params, documents: list[PolicyInput]
) -> Result:
    return _names(documents)


@reads("iam:GetContextKeysForPrincipalPolicy", on=on_source, prepare=given_policies)
def get_context_keys_for_principal_policy(
    call: Call, params: Params, documents: list[PolicyInput]
) -> Result:
    return _names(documents)
