"""Who outside a zone of trust reaches a resource, decided by the engine.

Each external principal that a resource's policy names is asked about as an administrator of its
own account, with every value that the conditions ask for and that it can choose itself. Denies,
Block Public Access and resource control policies take part. Nothing is guessed from the text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from console.services.accessanalyzer.external_principals import (
    PROBE,
    UNKNOWN,
    AnalyzedResource,
    AskedCaller,
    Trusted,
    asked_about,
    principals_in,
)
from iam import catalogue
from iam.analysis import World
from iam.arns import (
    account_of,
)
from iam.authorization import Authorization
from iam.engine import Effect, Layer, as_list, parse_policy, statements_in, variations
from iam.engine.decision.statement import Statement


@dataclass(frozen=True)
class ExternalAccess:
    """A principal outside the zone of trust with what a resource's policy lets it do.

    `answer` is the decision of one request that gets in, with the values that it needs.
    """

    resource: AnalyzedResource
    principal: tuple[str, str]
    actions: tuple[str, ...]
    condition: Mapping[str, str]
    is_public: bool
    answer: Authorization


def external_access(
    world: World, resource: AnalyzedResource, trusted: Trusted, organization_id: str
) -> list[ExternalAccess]:
    """Return who outside the zone of trust reaches a resource; the same condition comes once."""
    bodies = statements_in(resource.policy)
    found: dict[object, ExternalAccess] = {}
    for statement in parse_policy(resource.policy).statements:
        if statement.effect is not Effect.ALLOW:
            continue
        condition = _condition(bodies[statement.index])
        for principal in principals_in(statement, resource, trusted):
            asked = asked_about(world, resource, principal, trusted)
            ways = _ways(asked, resource, statement, trusted, organization_id)
            if not ways:
                continue
            key = (principal, tuple(condition.items()))
            before = found.get(key)
            known = before.actions if before else ()
            found[key] = ExternalAccess(
                resource,
                principal,
                tuple(sorted({*known, *(way.action for way in ways)})),
                condition,
                is_public=any(way.is_public for way in ways) or bool(before and before.is_public),
                answer=before.answer if before else ways[0].answer,
            )
    return list(found.values())


def _condition(body: Mapping[str, Any]) -> dict[str, str]:
    """Return a statement's condition as findings have it: keys with their values."""
    found: dict[str, str] = {}
    for block in body.get("Condition", {}).values():
        for key, values in block.items():
            found[key] = ",".join(map(str, as_list(values)))
    return found


@dataclass(frozen=True)
class _Way:
    """An action that somebody outside can do; `is_public`: anybody can, as they are."""

    action: str
    answer: Authorization
    is_public: bool


def _ways(
    asked: Sequence[AskedCaller],
    resource: AnalyzedResource,
    statement: Statement,
    trusted: Trusted,
    organization_id: str,
) -> list[_Way]:
    """Return the actions that a statement lets somebody do, each with the first who can."""
    found = []
    for action in resource.actions:
        if statement.actions.matches(action.lower()):
            ways = (_way(one, resource, action, statement) for one in asked)
            inside = (
                way
                for one in ways
                for way in one
                if _is_outside(way.change, trusted, organization_id)
            )
            first = next(inside, None)
            if first is not None:
                found.append(_Way(action, first.answer, first.is_public))
    return found


@dataclass(frozen=True)
class _Request:
    """A request that a statement lets in: what of it was chosen, and the decision."""

    change: Mapping[str, str | None]
    answer: Authorization
    is_public: bool


def _way(
    asked: AskedCaller, resource: AnalyzedResource, action: str, statement: Statement
) -> Iterator[_Request]:
    """Yield the requests of somebody that a statement lets in, those that choose least first."""
    for arn in _places(resource, action, statement):
        check = resource.check(action, arn)(asked.someone.caller)
        answer: Authorization = asked.someone.ask(check)
        for one in variations(answer.request, answer.policies, asked.freedom):
            by_this = one.decision.allowed and any(
                ref.index == statement.index
                for layer in one.decision.checks
                if layer.layer is Layer.RESOURCE
                for ref in layer.statements
                if ref.applied
            )
            if by_this:
                made = replace(answer, request=one.request, decision=one.decision)
                public = asked.freedom is UNKNOWN and not one.change
                yield _Request(one.change, made, public)


def _is_outside(change: Mapping[str, str | None], trusted: Trusted, organization_id: str) -> bool:
    """Return whether the values that somebody unknown would need are those of an outsider."""
    for key, value in change.items():
        name, text = key.lower(), value or ""
        if name == "aws:principalaccount" and trusted(text):
            return False
        if name == "aws:principalarn" and trusted(account_of(text)):
            return False
        of_organization = name in {"aws:principalorgid", "aws:principalorgpaths"}
        if of_organization and organization_id and text.startswith(organization_id):
            return False
    return True


def _places(resource: AnalyzedResource, action: str, statement: Statement) -> list[str]:
    """Return the ARNs that an action is asked about: the resource, or places in it."""
    known = catalogue.action(action)
    if known is None or "object" not in {one.lower() for one in known.resource_types}:
        return [resource.arn]
    patterns = statement.resources.texts if statement.resources else ()
    written = [one.replace("*", "x").replace("?", "x") for one in patterns]
    inside = [one for one in written if one.startswith(f"{resource.arn}/")]
    return list(dict.fromkeys([f"{resource.arn}/{PROBE}", *inside]))
