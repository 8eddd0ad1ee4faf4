"""One compiled statement, and the first of its elements that keeps it from applying."""

from collections.abc import Mapping
from dataclasses import dataclass

from iam.engine.matching.elements.actions import ActionElement
from iam.engine.matching.elements.conditions import ConditionTest
from iam.engine.matching.elements.obstacle import Obstacle
from iam.engine.matching.elements.principals import Grant, PrincipalElement
from iam.engine.matching.elements.resources import ResourceElement
from iam.engine.request import Request
from iam.engine.terms import Effect

_NONE, _DIRECT = Grant.NONE, Grant.DIRECT
_NO_PRINCIPAL = Obstacle("Principal", "Principal: the statement names no principal")
_NO_RESOURCE = Obstacle("Resource", "Resource: the statement names no resource")


@dataclass(frozen=True, slots=True)
class EvaluationSite:
    """The site of a statement's evaluation, by its policy type."""

    names_principals: bool = False
    """A resource policy: a statement that names nobody grants nobody anything."""
    is_trust: bool = False
    """A trust policy: the resource is the role it is attached to."""
    bound: Mapping[str, str] | None = None
    """Principal ARNs as written, and the unique IDs they turned into when saved."""
    bounded: bool = False
    """Whether the caller has a permissions boundary."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; an element the document leaves out is None."""

    index: int
    sid: str
    effect: Effect
    actions: ActionElement
    principals: PrincipalElement | None
    resources: ResourceElement | None
    conditions: tuple[ConditionTest, ...]

    @property
    def resource_starts(self) -> tuple[str, ...]:
        """Beginnings, one of which every resource has that the statement reaches."""
        return self.resources.starts if self.resources else ("",)

    @property
    def patterns(self) -> int:
        """How much there is to compare, but for actions."""
        named = self.principals.patterns if self.principals else 0
        reached = self.resources.patterns if self.resources else 0
        return 1 + named + reached + sum(test.patterns for test in self.conditions)

    def applies(self, request: Request, site: EvaluationSite) -> Grant:
        """Return how directly a statement about the request's action applies to it; NONE if not."""
        # Written out, since every decision asks it: calls would take a third of its time.
        if self.principals is None:
            grant = _NONE if site.names_principals else _DIRECT
        else:
            grant = self.grant(request, site)
        resources = self.resources
        if not grant or not (site.is_trust if resources is None else resources.matches(request)):
            return _NONE
        for test in self.conditions:
            if not test.holds(request.keys):
                return _NONE
        return grant

    def grant(self, request: Request, site: EvaluationSite) -> Grant:
        """Return how directly the statement reaches the principal of the request."""
        if self.principals is None:
            return _NONE if site.names_principals else _DIRECT
        return self.principals.grant(request.principal, site.bound or {}, bounded=site.bounded)

    def obstacle(self, request: Request, site: EvaluationSite) -> Obstacle | None:
        """Return which element keeps a statement about the request's action from applying to it.

        The first in the order Principal, Resource, Condition; None if none does.
        """
        if not self.grant(request, site):
            return self.principals.obstacle(request.principal) if self.principals else _NO_PRINCIPAL
        if not self.reaches_resource(request, site):
            return self.resources.obstacle(request) if self.resources else _NO_RESOURCE
        failing = (test for test in self.conditions if not test.holds(request.keys))
        return next((test.obstacle(request.keys) for test in failing), None)

    def reaches_resource(self, request: Request, site: EvaluationSite) -> bool:
        return site.is_trust if self.resources is None else self.resources.matches(request)
