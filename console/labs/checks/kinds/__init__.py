"""The kinds of check, a closed list: one function each, from a case to a result."""

from collections.abc import Callable

from console.labs.checks.case import Binding, Case
from console.labs.checks.kinds.access import judge_no_other_way, judge_unchanged_access
from console.labs.checks.kinds.answers import judge_choose, judge_predict
from console.labs.checks.kinds.calls import judge_assume, judge_call
from console.labs.checks.kinds.can import judge_can
from console.labs.checks.kinds.events import judge_event
from console.labs.checks.kinds.never import judge_never
from console.labs.checks.results import CheckResult
from console.labs.files import Check

Judge = Callable[[Case, Check, Binding], CheckResult]

JUDGES: dict[str, Judge] = {
    "assume": judge_assume,
    "call": judge_call,
    "can": judge_can,
    "choose": judge_choose,
    "event": judge_event,
    "never": judge_never,
    "no_other_way": judge_no_other_way,
    "predict": judge_predict,
    "unchanged_access": judge_unchanged_access,
}
