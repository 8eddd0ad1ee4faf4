"""The layers of a decision as view models: what decides, and why the rest does not apply."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.safestring import SafeString

from console.pages.decisions.flow_chart import WORDS, FlowChart, flow_chart, layer_title
from console.ui.json_lines import autoformatted, highlighted_line
from iam.analysis import Decision, Explanation, Layer, LayerEffect, Obstacle, StatementRef
from iam.arns import account_of
from iam.policy_documents import ExcerptLine, PolicyExcerpts

_MOST_TEXTS = 12
_CALLERS_ACCOUNT = "aws:principalaccount"
_MOST_VALUES = 6
_REQUEST = "In the request"
PolicyKey = tuple[Layer, str]
"""A policy's layer, and the name that decisions give it."""


@dataclass(frozen=True)
class PolicyTexts:
    """The texts of a decision's policies; `names` are AWS's names of them, where those differ.

    `withheld` are policies whose statements the decision lacks, each with the reason.
    """

    texts: Mapping[PolicyKey, str] = field(default_factory=dict)
    withheld: Mapping[PolicyKey, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """What the request has and what the policy has in its place, to stand side by side."""

    element: str
    found: tuple[str, ...]
    written: tuple[str, ...]
    more: int
    negated: bool

    @property
    def found_title(self) -> str:
        return _REQUEST

    @property
    def written_title(self) -> str:
        return "The policy leaves out" if self.negated else "In the policy"


@dataclass(frozen=True)
class StatementView:
    """One statement: whether it applies, and if not, what differs.

    `line` is where it begins in its policy. Of a policy that the viewer may not read there is one,
    with the sentence that stands in the place of its text (`withheld`).
    """

    policy: str
    source: str
    sid: str
    number: int
    effect: str
    applies: bool
    reason: str
    difference: Difference | None
    excerpt: SafeString
    line: int = 0
    withheld: str = ""

    @property
    def is_near(self) -> bool:
        """Whether the statement is about the action, and another element differs."""
        apart = {"Action", "NotAction"}
        return self.difference is not None and self.difference.element not in apart

    @property
    def color(self) -> str:
        if not self.applies:
            return "grey"
        return "red" if self.effect == "Deny" else "green"


@dataclass(frozen=True)
class LayerView:
    """One layer's result; `decides`: the decision was made here."""

    id: str
    title: str
    kind: str
    words: str
    decides: bool
    applied: tuple[StatementView, ...]
    others: tuple[StatementView, ...]


@dataclass(frozen=True)
class Halves:
    """The two halves of entering a role of another account: whether each allows it."""

    here: bool
    there: bool

    @property
    def both(self) -> bool:
        return self.here and self.there

    @property
    def words(self) -> str:
        said = {True: "allowed", False: "not allowed"}
        return f"Here it is {said[self.here]}, there it is {said[self.there]}."


@dataclass(frozen=True)
class DecisionView:
    """A decision to look at: the chart, what determined it, and every layer.

    `nearest` is, where no statement denied, the one of the layer that did not allow which fits
    the action and fails on another element.
    """

    chart: FlowChart
    determining: tuple[StatementView, ...]
    nearest: StatementView | None
    layers: tuple[LayerView, ...]
    silent: str = ""
    halves: Halves | None = None


def decision_view(
    action: str, decision: Decision, policies: PolicyTexts, prefix: str, *, trust: bool
) -> DecisionView:
    reading = _Reading(policies)
    layers = []
    for check in decision.checks:
        views = reading.of(check.layer, check.statements)
        kind, words = WORDS[check.effect]
        layers.append(
            LayerView(
                id=f"{prefix}-{check.layer}",
                title=layer_title(check.layer, trust=trust),
                kind=kind,
                words=words,
                decides=check.layer is decision.layer,
                applied=tuple(one for one in views if one.applies or one.withheld),
                others=tuple(one for one in views if not one.applies and not one.withheld),
            )
        )
    counted = "Allow" if decision.allowed else "Deny"
    determining = [
        one
        for check, layer in zip(decision.checks, layers, strict=True)
        if check.layer in decision.determining_layers
        for one in layer.applied
        if one.applies and one.effect == counted
    ]
    silent = next((one for one in layers if one.decides and not determining), None)
    others = silent.others if silent else ()
    nearest = next((one for one in others if one.effect == "Allow" and one.is_near), None)
    return DecisionView(
        chart=flow_chart(action, decision, prefix, trust=trust),
        determining=tuple(determining),
        nearest=nearest,
        layers=tuple(layers),
        silent=silent.title if silent and not decision.allowed else "",
    )


def explained_view(one: Explanation, number: int = 0) -> DecisionView:
    """Return the decision of an explanation, the number of which makes its IDs unique."""
    policies = PolicyTexts(one.texts, one.withheld)
    shown = decision_view(one.action, one.decision, policies, f"why-{number}", trust=one.trust)
    return replace(shown, halves=_halves(one))


def _halves(one: Explanation) -> Halves | None:
    """Return the two halves where a role of another account was to be assumed."""
    caller = next((v for key, v in one.context.items() if key.lower() == _CALLERS_ACCOUNT), "")
    if not one.trust or not caller or caller == account_of(one.resource):
        return None
    allows = {check.layer for check in one.decision.checks if check.effect == LayerEffect.ALLOW}
    return Halves(here=Layer.PRINCIPAL in allows, there=Layer.RESOURCE in allows)


class _Reading:
    """The statements of a decision with their texts; each policy's text is scanned once."""

    def __init__(self, policies: PolicyTexts) -> None:
        self._texts = policies.texts
        self._names = policies.names
        self._withheld = policies.withheld
        self._excerpts: dict[tuple[Layer, str], PolicyExcerpts] = {}

    def of(self, layer: Layer, refs: Iterable[StatementRef]) -> list[StatementView]:
        return [self._view(layer, ref, number) for number, ref in enumerate(refs)]

    def _view(self, layer: Layer, ref: StatementRef, number: int) -> StatementView:
        lines = self._lines(layer, ref) if number < _MOST_TEXTS else []
        return StatementView(
            policy=self._names.get(ref.source_name, ref.source_name),
            source=ref.source_name,
            sid=ref.sid,
            number=ref.index + 1,
            effect=ref.effect.value,
            applies=ref.applied,
            reason=ref.reason,
            difference=_difference(ref.obstacle),
            excerpt=SafeString("".join(map(_line_markup, lines))),
            line=lines[0].number if lines else 0,
            withheld=self._withheld.get((layer, ref.source_name), ""),
        )

    def _lines(self, layer: Layer, ref: StatementRef) -> list[ExcerptLine]:
        key = (layer, ref.source_name)
        text = self._texts.get(key)
        if text is None or key in self._withheld:
            return []
        if key not in self._excerpts:
            self._excerpts[key] = PolicyExcerpts(autoformatted(text))
        return self._excerpts[key].of(ref.index, ref.obstacle)


def _line_markup(line: ExcerptLine) -> SafeString:
    gap = '<span class="excerpt__gap">⋯</span>' if line.gap else ""
    number = f'<span class="excerpt__number">{line.number}</span>'
    text = highlighted_line(line.text)
    if line.marked:
        return SafeString(f'{gap}<mark class="excerpt__line">{number}{text}</mark>')
    return SafeString(f'{gap}<span class="excerpt__line">{number}{text}</span>')


def _difference(obstacle: Obstacle | None) -> Difference | None:
    if obstacle is None:
        return None
    element = obstacle.element
    if obstacle.key:
        element = f"{obstacle.operator} on {obstacle.key}"
    return Difference(
        element,
        obstacle.found,
        obstacle.written[:_MOST_VALUES],
        max(len(obstacle.written) - _MOST_VALUES, 0),
        obstacle.negated,
    )
