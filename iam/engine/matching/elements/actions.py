"""Action and NotAction: names without case, `*` and `?` anywhere after the vendor."""

from iam.engine.matching.elements.obstacle import Obstacle
from iam.engine.matching.patterns import matcher, parse, weight_of
from iam.engine.matching.wildcards import Test


class ActionElement:
    """The actions a statement names, or with NotAction every other one."""

    __slots__ = ("_listed", "_tests", "exact", "negated", "patterns", "texts", "wild")

    def __init__(self, texts: tuple[str, ...], *, negated: bool) -> None:
        self.texts = texts
        self._listed = listed(texts)
        self.negated = negated
        names = [text.lower() for text in texts]
        self.exact = frozenset(name for name in names if "*" not in name and "?" not in name)
        self.wild = tuple(name for name in names if name not in self.exact)
        self.patterns = sum(map(weight_of, self.wild))
        self._tests: tuple[Test, ...] = tuple(matcher(parse(name)) for name in self.wild)

    def matches(self, action: str) -> bool:
        """Whether the statement is about this action (given in lower case)."""
        named = action in self.exact or any(test(action) for test in self._tests)
        return named is not self.negated

    def obstacle(self, action: str) -> Obstacle:
        """Why the statement is not about this action."""
        if self.negated:
            sentence = f"NotAction: `{action}` is among those left out"
            return Obstacle("NotAction", sentence, (action,), self.texts, negated=True)
        sentence = f"Action: `{action}` is not among {self._listed}"
        return Obstacle("Action", sentence, (action,), self.texts)


def listed(texts: tuple[str, ...], most: int = 4) -> str:
    """Name some texts in backticks, and how many more there are."""
    shown = ", ".join(f"`{text}`" for text in texts[:most])
    return shown if len(texts) <= most else f"{shown} and {len(texts) - most} more"
