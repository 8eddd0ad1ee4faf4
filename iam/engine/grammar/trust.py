"""The rules of trust policies."""

from collections.abc import Iterator, Mapping
from typing import Any

from iam.engine.document.places import Path
from iam.engine.document.quotes import quoted
from iam.engine.grammar.every_type import texts_at
from iam.engine.grammar.principals import principal_problems
from iam.engine.grammar.problem import Problem
from iam.engine.grammar.shared_providers import shared_provider_problems
from iam.engine.matching.patterns import pattern_matches

ASSUME_ACTIONS = (
    "sts:assumerole",
    "sts:assumerolewithsaml",
    "sts:assumerolewithwebidentity",
    "sts:tagsession",
    "sts:setsourceidentity",
    "sts:setcontext",
)


def trust_problems(path: Path, body: Mapping[str, Any]) -> Iterator[Problem]:
    """Refuse what AWS refuses in a statement of a trust policy."""
    if "NotPrincipal" in body:
        detail = "Name who may, not who may not"
        yield Problem("TRUST_NOT_PRINCIPAL", detail, (*path, "NotPrincipal"), key=True)
    else:
        yield from principal_problems(path, body)
        yield from shared_provider_problems(path, body)
    for name in ("Resource", "NotResource"):
        if name in body:
            detail = "The resource is the role itself: leave it out"
            yield Problem("TRUST_RESOURCE", detail, (*path, name), key=True)
    if "NotAction" in body:
        detail = "Name the actions: `NotAction` is not for trust policies"
        yield Problem("TRUST_ACTION", detail, (*path, "NotAction"), key=True)
    for where, action in texts_at((*path, "Action"), body.get("Action", [])):
        if not assumes(action):
            detail = f"`{quoted(action)}` is no action that a trust policy decides"
            yield Problem("TRUST_ACTION", detail, where)


def assumes(action: str) -> bool:
    """Whether an action, perhaps with wildcards, is one that trust policies decide."""
    pattern = action.lower()
    return pattern.startswith("sts:") and any(
        pattern_matches(pattern, known) for known in ASSUME_ACTIONS
    )
