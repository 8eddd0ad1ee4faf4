"""The kinds of check, a closed list: one function each, from a case to a result."""

from collections.abc import Callable

from console.labs.checks.case import Binding, Case
from console.labs.checks.kinds.access import judge_keep, judge_unchanged_access
from console.labs.checks.kinds.answers import judge_choose, judge_predict
from console.labs.checks.kinds.calls import judge_assume, judge_call
from console.labs.checks.kinds.can import judge_can
from console.labs.checks.kinds.entries import judge_no_other_way, judge_no_public_access
from console.labs.checks.kinds.events import judge_event
from console.labs.checks.kinds.excess import judge_excess
from console.labs.checks.kinds.never import judge_never
from console.labs.checks.kinds.states import judge_state
from console.labs.checks.kinds.without import judge_without
from console.labs.checks.results import CheckResult
from console.labs.files import Check

Judge = Callable[[Case, Check, Binding], CheckResult]

JUDGES: dict[str, Judge] = {
    "assume": judge_assume,
    "call": judge_call,
    "can": judge_can,
    "choose": judge_choose,
    "event": judge_event,
    "excess": judge_excess,
    "keep": judge_keep,
    "never": judge_never,
    "no_other_way": judge_no_other_way,
    "no_public_access": judge_no_public_access,
    "predict": judge_predict,
    "state": judge_state,
    "unchanged_access": judge_unchanged_access,
}
JUDGES["without"] = judge_without(JUDGES)

OF_THE_WHOLE_WORLD = {
    "excess", "keep", "never", "no_other_way", "no_public_access", "unchanged_access",
}  # fmt: skip
"""The kinds that ask about everybody in the world, which takes as long as all others together."""
