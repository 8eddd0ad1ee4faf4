"""A compiled policy: its statements, and an index from action to those about it."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from iam.engine.decision.statement import Statement
from iam.engine.document.json_text import as_list, load
from iam.engine.grammar.every_type import LATEST, OLDEST, as_texts, check
from iam.engine.matching.elements.actions import ActionElement
from iam.engine.matching.elements.conditions import ConditionTest
from iam.engine.matching.elements.principals import PrincipalElement
from iam.engine.matching.elements.resources import ResourceElement
from iam.engine.matching.operators.registry import used_operator
from iam.engine.terms import Effect

REMEMBERED_ACTIONS = 2048


class CompiledPolicy:
    """A document compiled once; `about` gives the statements about an action in their order."""

    __slots__ = (
        "_about",
        "_action_patterns",
        "_anywhere",
        "_by_name",
        "_by_service",
        "patterns",
        "statements",
        "text",
        "version",
    )

    def __init__(self, text: str, document: Mapping[str, Any]) -> None:
        self.text = text
        self.version: str = document.get("Version", OLDEST)
        self.statements = compiled(document, variables=self.version == LATEST)
        self.patterns = sum(statement.patterns for statement in self.statements)
        """How much there is to compare, but for actions: see `matching/patterns.py`."""
        self._action_patterns = sum(one.actions.patterns for one in self.statements)
        self._by_name: dict[str, list[Statement]] = defaultdict(list)
        self._by_service: dict[str, list[Statement]] = defaultdict(list)
        self._anywhere: list[Statement] = []
        self._about: dict[str, tuple[Statement, ...]] = {}
        for statement in self.statements:
            self._index(statement)

    def about(self, action: str) -> tuple[Statement, ...]:
        """The statements whose Action or NotAction covers an action (in lower case)."""
        found = self._about.get(action)
        if found is None:
            if len(self._about) >= REMEMBERED_ACTIONS:
                self._about.clear()
            found = self._about[action] = self._search(action)
        return found

    def work_to_find(self, action: str) -> int:
        """Return at most how many characters `about` compares; 0 where it knows the answer."""
        return 0 if action in self._about else self._action_patterns * len(action)

    def _search(self, action: str) -> tuple[Statement, ...]:
        service = action.partition(":")[0]
        candidates = {s.index: s for s in self._by_name.get(action, ())}
        for statement in (*self._by_service.get(service, ()), *self._anywhere):
            if statement.actions.matches(action):
                candidates[statement.index] = statement
        return tuple(candidates[index] for index in sorted(candidates))

    def _index(self, statement: Statement) -> None:
        actions = statement.actions
        if actions.negated:
            self._anywhere.append(statement)
            return
        for name in actions.exact:
            self._by_name[name].append(statement)
        services = {name.partition(":")[0] for name in actions.wild}
        if any("*" in service or "?" in service for service in services):
            self._anywhere.append(statement)
        else:
            for service in services:
                self._by_service[service].append(statement)


@lru_cache(maxsize=4096)
def parse_policy(text: str) -> CompiledPolicy:
    """Compile a document; PolicyError for what the grammar of every policy type refuses."""
    document = load(text)
    check(text, document)
    return CompiledPolicy(text, document)


def compiled(document: Mapping[str, Any], *, variables: bool) -> tuple[Statement, ...]:
    """Compile the statements of a document whose grammar has been checked."""
    statements = as_list(document["Statement"])
    return tuple(_statement(i, body, variables) for i, body in enumerate(statements))


def _statement(index: int, body: Mapping[str, Any], variables: bool) -> Statement:
    return Statement(
        index=index,
        sid=body.get("Sid", ""),
        effect=Effect(body["Effect"]),
        actions=_actions(body),
        principals=_principals(body),
        resources=_resources(body, variables),
        conditions=_conditions(body.get("Condition", {}), variables),
    )


def _actions(body: Mapping[str, Any]) -> ActionElement:
    negated = "NotAction" in body
    return ActionElement(as_texts(body["NotAction" if negated else "Action"]), negated=negated)


def _principals(body: Mapping[str, Any]) -> PrincipalElement | None:
    negated = "NotPrincipal" in body
    value = body.get("NotPrincipal" if negated else "Principal")
    if value is None:
        return None
    named = {"*": ("*",)} if value == "*" else {t: as_texts(v) for t, v in value.items()}
    return PrincipalElement(named, negated=negated)


def _resources(body: Mapping[str, Any], variables: bool) -> ResourceElement | None:
    negated = "NotResource" in body
    value = body.get("NotResource" if negated else "Resource")
    if value is None:
        return None
    return ResourceElement(as_texts(value), negated=negated, variables=variables)


def _conditions(block: Mapping[str, Any], variables: bool) -> tuple[ConditionTest, ...]:
    return tuple(
        ConditionTest(used, key, as_texts(value), variables=variables)
        for name, keys in block.items()
        if (used := used_operator(name)) is not None
        for key, value in keys.items()
    )
