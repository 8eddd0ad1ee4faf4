"""Resource and NotResource: ARNs with case, compared field by field."""

from iam.engine.elements.actions import listed
from iam.engine.patterns import ArnPattern, Pattern
from iam.engine.request import Request


class ResourceElement:
    """The resources a statement names, or with NotResource every other one."""

    __slots__ = ("_fields", "_texts", "negated", "texts")

    def __init__(self, texts: tuple[str, ...], *, negated: bool, variables: bool) -> None:
        self.texts = texts
        self.negated = negated
        arns = [ArnPattern(text, variables=variables) for text in texts if text != "*"]
        self._fields = tuple(arn for arn in arns if not arn.is_plain)
        plain = [arn.text for arn in arns if arn.is_plain] + ["*"] * ("*" in texts)
        self._texts = tuple(Pattern(text, variables=variables) for text in plain)

    def matches(self, request: Request) -> bool:
        """Whether the statement is about the request's resource."""
        keys = request.keys if self._texts or self._fields else {}
        named = any(pattern.matches(request.resource, keys) for pattern in self._texts) or any(
            pattern.matches(request.resource_fields, keys) for pattern in self._fields
        )
        return named is not self.negated

    def reason(self, request: Request) -> str:
        """Why the statement is not about the request's resource."""
        if self.negated:
            return f"NotResource: `{request.resource}` is among those left out"
        return f"Resource: `{request.resource}` does not match {listed(self.texts)}"
