"""A lab's rules as they bind AWS clients: which credentials are honored, and for which calls."""

from console.labs.rules import TOOL_OF_OPERATION, Ruling, Tool, rules_of
from iam.callers import Caller
from iam.wire.errors import AwsError


def _refuse_unless(ruling: Ruling) -> None:
    if not ruling:
        raise AwsError("AccessDenied", ruling.reason, 403)


def refuse_fenced(caller: Caller) -> None:
    """Raise AccessDenied for a caller whose credentials, or any client's, a lab does not honor."""
    if not caller.sandbox.lab:
        return
    rules = rules_of(caller.sandbox, caller.visit)
    _refuse_unless(rules.allows(Tool.CLI))
    if caller.from_start:
        _refuse_unless(rules.may_use(caller.from_start))


def refuse_withheld(caller: Caller, operation: str) -> None:
    """Raise AccessDenied for an operation that is a tool which a lab withholds."""
    if caller.sandbox.lab and operation in TOOL_OF_OPERATION:
        rules = rules_of(caller.sandbox, caller.visit)
        _refuse_unless(rules.allows(TOOL_OF_OPERATION[operation]))
