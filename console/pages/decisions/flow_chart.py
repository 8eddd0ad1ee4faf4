"""AWS's flow chart of policy evaluation, drawn with the path of one request."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.ui.drawings import shortened
from iam.analysis import LAYER_NAMES, TRUST_NAME, Decision, Layer, LayerEffect, LayerResult

WIDTH = 348
_LEFT, _BOX, _HEIGHT, _STEP = 6, 222, 42, 60
_END, _END_WIDTH = 264, 78
_LONGEST = 30

WORDS = {
    LayerEffect.ALLOW: ("success", "Allows"),
    LayerEffect.NO_IMPACT: ("info", "No impact"),
    LayerEffect.IMPLICIT_DENY: ("error", "Does not allow"),
    LayerEffect.EXPLICIT_DENY: ("error", "Explicit deny"),
}
"""How a layer's effect is shown: the status, and its words."""
_ABSENT = "None applies"
_PASSES = {Layer.RESOURCE: "Does not allow by itself"}


@dataclass(frozen=True)
class FlowBox:
    """A step of the chart: `state` is lit, stop, grey, or culprit (the layer that denies)."""

    title: str
    words: str
    state: str
    y: int
    url: str = ""

    @property
    def middle(self) -> int:
        return self.y + _HEIGHT // 2


@dataclass(frozen=True)
class FlowArrow:
    """The way from one box to the one below it."""

    y1: int
    y2: int
    state: str


@dataclass(frozen=True)
class FlowChart:
    """The boxes from the request to the outcome; a denied request leaves at one of them."""

    boxes: tuple[FlowBox, ...]
    allowed: bool
    sentence: str

    width, left, box, height = WIDTH, _LEFT, _BOX, _HEIGHT
    end, end_width = _END, _END_WIDTH

    @property
    def center(self) -> int:
        return _LEFT + _BOX // 2

    @property
    def end_center(self) -> int:
        return _END + _END_WIDTH // 2

    @property
    def whole_height(self) -> int:
        return self.boxes[-1].y + _HEIGHT + 4

    @property
    def stop(self) -> FlowBox | None:
        """The box at which a denied request leaves."""
        return next((box for box in self.boxes if box.state == "stop"), None)

    @property
    def arrows(self) -> list[FlowArrow]:
        return [
            FlowArrow(above.y + _HEIGHT, below.y, "grey" if below.state != "lit" else "lit")
            if below.state != "stop"
            else FlowArrow(above.y + _HEIGHT, below.y, "lit")
            for above, below in zip(self.boxes, self.boxes[1:], strict=False)
        ]


def layer_title(layer: Layer, *, trust: bool) -> str:
    return TRUST_NAME if trust and layer is Layer.RESOURCE else LAYER_NAMES[layer]


def flow_chart(action: str, decision: Decision, prefix: str, *, trust: bool) -> FlowChart:
    """Return the chart of a decision; the boxes link to the layers, whose IDs have the prefix."""
    checks = {check.layer: check for check in decision.checks}
    denies = [one for one, check in checks.items() if check.effect == LayerEffect.EXPLICIT_DENY]
    stop = None if decision.allowed else decision.layer
    steps: list[tuple[str, str, str, str]] = [
        ("The request", shortened(action, _LONGEST), "lit", "")
    ]
    words = f"Yes: {layer_title(denies[0], trust=trust)}" if denies else "No"
    steps.append(("Does a statement deny?", words, "stop" if denies else "lit", ""))
    state = "grey" if denies else "lit"
    for layer in Layer:
        if layer == stop and not denies:
            state = "stop"
        shown = "culprit" if layer in denies else state
        url = f"#{prefix}-{layer}" if layer in checks else ""
        title = layer_title(layer, trust=trust)
        steps.append((title, _words(checks, layer, state), shown, url))
        state = "grey" if state == "stop" else state
    passed = ("Every step lets it through", "lit") if decision.allowed else ("Not reached", "grey")
    steps.append(("Allowed", *passed, ""))
    boxes = tuple(
        FlowBox(title, words, state, 2 + number * _STEP, url)
        for number, (title, words, state, url) in enumerate(steps)
    )
    return FlowChart(boxes, decision.allowed, _sentence(boxes))


def _words(checks: Mapping[Layer, LayerResult], layer: Layer, state: str) -> str:
    if layer not in checks:
        return _ABSENT
    effect = checks[layer].effect
    if effect == LayerEffect.IMPLICIT_DENY and state == "lit":
        return _PASSES.get(layer, WORDS[effect][1])
    return "Not needed" if effect == LayerEffect.NO_IMPACT else WORDS[effect][1]


def _sentence(boxes: tuple[FlowBox, ...]) -> str:
    """Return the path in words, for who cannot see the drawing."""
    stop = next((box for box in boxes if box.state == "stop"), None)
    if stop is None:
        return "The request passes every step and is allowed."
    return f"The request is denied at the step {stop.title}: {stop.words}."
