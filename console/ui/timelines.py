"""What happened, drawn: lanes from top to bottom, moments from left to right.

Each moment has a column of the same width, whatever time lies between two of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from console.ui.drawings import shortened

_LEFT, _COLUMN, _CHIP, _CHIP_HEIGHT = 184, 42, 38, 20
_HEAD, _LANE, _FOOT, _SLANT = 116, 48, 40, 84
_LONGEST_NAME, _LONGEST_LABEL = 22, 21


@dataclass(frozen=True)
class Moment:
    """A column: `label` is what happened then; one that `rules` goes through all lanes."""

    time: datetime
    label: str
    rules: bool = False


@dataclass(frozen=True)
class Mark:
    """Something in a lane at a moment: `kind` is allowed, denied, failed or ended.

    `word` stands in its box; `note` below it, as a link if it has an address.
    """

    moment: int
    word: str
    kind: str
    title: str
    url: str = ""
    note: str = ""
    note_url: str = ""


@dataclass(frozen=True)
class Span:
    """What lasts from one moment to another; `goes_on` if the end is not known yet."""

    first: int
    last: int
    goes_on: bool = False


@dataclass(frozen=True)
class Lane:
    """A row: somebody, with what they did; `opened_in` is the lane that it came from."""

    name: str
    note: str
    title: str
    marks: tuple[Mark, ...]
    url: str = ""
    span: Span | None = None
    opened_in: int | None = None


@dataclass(frozen=True)
class DrawnMoment:
    """A moment's column: its label, and when it was, where that differs from the one before."""

    x: int
    label: str
    title: str
    clock: str
    day: str
    rules: bool

    @property
    def turn(self) -> str:
        return f"rotate(-50 {self.x} {_HEAD})"


@dataclass(frozen=True)
class DrawnMark:
    """A mark in its place."""

    x: int
    mark: Mark

    @property
    def center(self) -> int:
        return self.x + _CHIP // 2


@dataclass(frozen=True)
class DrawnLane:
    """A lane in its place: its marks, its span as x and width, the line from where it opened."""

    y: int
    name: str
    lane: Lane
    marks: tuple[DrawnMark, ...]
    span_x: int = 0
    span_width: int = 0
    line: str = ""


@dataclass(frozen=True)
class Timeline:
    """The drawing; `title` says in words what it shows."""

    title: str
    moments: tuple[DrawnMoment, ...]
    lanes: tuple[DrawnLane, ...]

    left, head, chip, chip_height, lane = _LEFT, _HEAD, _CHIP, _CHIP_HEIGHT, _LANE

    @property
    def width(self) -> int:
        return self.right + _SLANT

    @property
    def right(self) -> int:
        return _LEFT + len(self.moments) * _COLUMN

    @property
    def bottom(self) -> int:
        return _HEAD + len(self.lanes) * _LANE

    @property
    def height(self) -> int:
        return self.bottom + _FOOT


def timeline_of(title: str, moments: Sequence[Moment], lanes: Sequence[Lane]) -> Timeline | None:
    """Return the drawing; None where nothing happened."""
    if not lanes:
        return None
    columns = [_moment(moments, number) for number in range(len(moments))]
    return Timeline(title, tuple(columns), tuple(_lane(one, n) for n, one in enumerate(lanes)))


def _x(moment: int) -> int:
    return _LEFT + moment * _COLUMN + (_COLUMN - _CHIP) // 2


def _middle(lane: int) -> int:
    return _HEAD + lane * _LANE + 4 + _CHIP_HEIGHT // 2


def _moment(moments: Sequence[Moment], number: int) -> DrawnMoment:
    one, at = moments[number], moments[number].time.astimezone(UTC)
    before = moments[number - 1].time.astimezone(UTC) if number else None
    day, clock = f"{at:%b} {at.day}", f"{at:%H:%M}"
    new_day = before is None or before.date() != at.date()
    new_minute = new_day or before is None or f"{before:%H:%M}" != clock
    return DrawnMoment(
        _x(number) + _CHIP // 2,
        shortened(one.label, _LONGEST_LABEL),
        f"{one.label}, {at:%B} {at.day}, {at:%Y, %H:%M:%S} (UTC)",
        clock if new_minute else "",
        day if new_day else "",
        one.rules,
    )


def _lane(lane: Lane, number: int) -> DrawnLane:
    marks = tuple(DrawnMark(_x(mark.moment), mark) for mark in lane.marks)
    name, line, x, width = shortened(lane.name, _LONGEST_NAME), "", 0, 0
    if lane.span:
        x = _x(lane.span.first)
        width = _x(lane.span.last) + _CHIP - x + (_COLUMN // 2 if lane.span.goes_on else 0)
        if lane.opened_in is not None:
            at = x + _CHIP // 2
            down = 1 if lane.opened_in < number else -1
            end = _middle(number) - down * (_CHIP_HEIGHT // 2)
            line = f"M {at} {_middle(lane.opened_in)} V {end} l -4 {-6 * down} m 4 {6 * down}"
            line += f" l 4 {-6 * down}"
    return DrawnLane(_HEAD + number * _LANE + 4, name, lane, marks, x, width, line)
