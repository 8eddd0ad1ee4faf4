"""The policies of one layer, indexed together: by action, then by how a resource begins."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from iam.engine.decision.layer_results import StatementRef
from iam.engine.decision.policy import CompiledPolicy
from iam.engine.decision.statement import EvaluationSite, Statement
from iam.engine.matching.elements.obstacle import Obstacle
from iam.engine.request import Request
from iam.engine.terms import Layer


@dataclass(frozen=True)
class PolicySource:
    """A policy and how to name it; `bound` maps principal ARNs as written to unique IDs."""

    policy: CompiledPolicy
    name: str
    arn: str = ""
    bound: Mapping[str, str] = field(default_factory=dict)


SourcedStatement = tuple[PolicySource, Statement]

REMEMBERED_ACTIONS = 512
REMEMBERED_REFS = 20_000
_FEW = 3
"""So many statements are tried one by one sooner than looked up."""


class ActionIndex:
    """The statements about one action in their order, found by how their Resource begins."""

    __slots__ = ("_by_start", "entries", "lengths")

    def __init__(self, entries: tuple[SourcedStatement, ...]) -> None:
        self.entries = entries
        self._by_start: dict[str, dict[int, SourcedStatement]] = defaultdict(dict)
        if len(entries) > _FEW:
            for place, entry in enumerate(entries):
                for start in entry[1].resource_starts:
                    self._by_start[start][place] = entry
        self.lengths = sorted({len(start) for start in self._by_start})

    def near(self, resource: str) -> Iterable[SourcedStatement]:
        """The statements whose Resource may fit."""
        by_start = self._by_start
        found = [
            by_start[start] for length in self.lengths if (start := resource[:length]) in by_start
        ]
        if len(found) < 2:
            return found[0].values() if found else ()
        places = {place: entry for some in found for place, entry in some.items()}
        return [places[place] for place in sorted(places)]


class LayerIndex:
    """The policies of one layer, or of one level of it, and where they are evaluated."""

    __slots__ = ("_kept_away", "_patterns", "_shelves", "layer", "site", "sources")

    def __init__(
        self, layer: Layer, sources: tuple[PolicySource, ...], site: EvaluationSite
    ) -> None:
        self.layer = layer
        self.sources = sources
        self.site = site
        self._patterns: int | None = None
        self._shelves: dict[str, ActionIndex] = {}
        self._kept_away: dict[str, tuple[StatementRef, ...]] = {}

    @property
    def patterns(self) -> int:
        """How much there is to compare, but for actions: see `matching/patterns.py`."""
        if self._patterns is None:
            self._patterns = sum([source.policy.patterns for source in self.sources])
        return self._patterns

    def about(self, action: str) -> ActionIndex:
        """The statements whose Action or NotAction covers an action (in lower case)."""
        found = self._shelves.get(action)
        if found is None:
            if len(self._shelves) >= REMEMBERED_ACTIONS:
                self._shelves.clear()
            found = self._shelves[action] = ActionIndex(
                tuple(
                    (source, statement)
                    for source in self.sources
                    for statement in source.policy.about(action)
                )
            )
        return found

    def work_to_find(self, action: str) -> int:
        """Return at most how many characters `about` compares; 0 where it knows the answer."""
        if action in self._shelves:
            return 0
        return sum([source.policy.work_to_find(action) for source in self.sources])

    def near(self, request: Request) -> Iterable[SourcedStatement]:
        """The statements that their Action and the beginning of their Resource let apply."""
        action = request.action_key
        shelf = self._shelves.get(action) or self.about(action)
        return shelf.near(request.resource) if shelf.lengths else shelf.entries

    def kept_away(self, request: Request) -> tuple[StatementRef, ...]:
        """The statements that their Action or NotAction keeps away from a request."""
        found = self._kept_away.get(request.action)
        if found is None:
            about = {id(statement) for _, statement in self.about(request.action_key).entries}
            found = tuple(
                [
                    statement_ref(source, statement, statement.actions.obstacle(request.action))
                    for source in self.sources
                    for statement in source.policy.statements
                    if id(statement) not in about
                ]
            )
            if sum(map(len, self._kept_away.values())) + len(found) > REMEMBERED_REFS:
                self._kept_away.clear()
            self._kept_away[request.action] = found
        return found


def statement_ref(
    source: PolicySource, statement: Statement, obstacle: Obstacle | None = None
) -> StatementRef:
    """Name a statement that applied, or that this obstacle kept from it."""
    return StatementRef(
        source.name,
        source.arn,
        statement.sid,
        statement.index,
        statement.effect,
        obstacle is None,
        obstacle,
        obstacle.sentence if obstacle else "",
    )
