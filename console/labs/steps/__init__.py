"""Steps of labs performed as recorded calls; see README.md."""

from console.labs.steps.callers import caller_for
from console.labs.steps.calls import make_assertion, perform_call
from console.labs.steps.console import use_console
from console.labs.steps.stage import Stage, filled

__all__ = ["Stage", "caller_for", "filled", "make_assertion", "perform_call", "use_console"]
