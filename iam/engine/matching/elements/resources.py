"""Resource and NotResource: ARNs with case, compared field by field."""

from iam.engine.matching.elements.actions import listed
from iam.engine.matching.elements.obstacle import Obstacle
from iam.engine.matching.patterns import (
    ArnPattern,
    Pattern,
    parse,
    simple,
    start_of,
    weight_of,
)
from iam.engine.request import Request


class ResourceElement:
    """The resources a statement names, or with NotResource every other one."""

    __slots__ = (
        "_begun",
        "_exact",
        "_fields",
        "_listed",
        "_patterns",
        "negated",
        "patterns",
        "starts",
        "texts",
    )

    def __init__(self, texts: tuple[str, ...], *, negated: bool, variables: bool) -> None:
        self.texts = texts
        self._listed = listed(texts)
        self.negated = negated
        parsed = [parse(text, variables=variables) for text in texts]
        self.starts = ("",) if negated else tuple(map(start_of, parsed))
        """Beginnings one of which every resource it reaches has."""
        arns = [ArnPattern(text, variables=variables) for text in texts if text != "*"]
        self._fields = tuple(arn for arn in arns if not arn.is_plain)
        plain = [arn.text for arn in arns if arn.is_plain] + ["*"] * ("*" in texts)
        # Most texts are a name, or the beginning of one: those are compared all in one step.
        sorted_out = [(text, simple(parse(text, variables=variables))) for text in plain]
        self._exact = frozenset(known.text for _, known in sorted_out if known and not known.open)
        self._begun = tuple(known.text for _, known in sorted_out if known and known.open)
        self._patterns = tuple(
            Pattern(text, variables=variables) for text, known in sorted_out if not known
        )
        slow = [*(one.text for one in self._patterns), *(arn.text for arn in self._fields)]
        self.patterns = sum(map(weight_of, slow))

    def matches(self, request: Request) -> bool:
        """Whether the statement is about the request's resource."""
        resource = request.resource
        if resource in self._exact or resource.startswith(self._begun):
            return not self.negated
        for pattern in self._patterns:
            if pattern.matches(resource, request.keys):
                return not self.negated
        for arn in self._fields:
            if arn.matches(request.resource_fields, request.keys):
                return not self.negated
        return self.negated

    def obstacle(self, request: Request) -> Obstacle:
        """Why the statement is not about the request's resource."""
        named = request.resource
        if self.negated:
            sentence = f"NotResource: `{named}` is among those left out"
            return Obstacle("NotResource", sentence, (named,), self.texts, negated=True)
        sentence = f"Resource: `{named}` does not match {self._listed}"
        return Obstacle("Resource", sentence, (named,), self.texts)
