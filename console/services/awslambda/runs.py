"""A function's run: Lambda assumes its role, and the function calls AWS as that session."""

import json
from dataclasses import dataclass
from typing import Any

from console.services.awslambda.calls import BadCalls, FunctionCall, calls_in
from console.services.awslambda.errors import CANNOT_ASSUME
from console.services.awslambda.models import CALLS, LambdaFunction
from console.services.awslambda.roles import role_of, service_for, session_request
from iam.callers import Caller, Origin, Visit
from iam.models import Role
from iam.perform import Call, perform
from iam.trail import end_visit
from iam.wire.errors import AwsError
from sts.credentials import Token, TokenKind, caller_of

_ADDRESS = "198.51.100.27"
"""What the calls of functions come from: an address of no network (RFC 5737)."""
_MOST_SHOWN = 64 * 1024


@dataclass(frozen=True)
class Run:
    """What a run returned, and how Lambda calls its failure: `Unhandled`, or nothing."""

    payload: bytes
    failure: str = ""
    log: str = ""


def _session(call: Call, function: LambdaFunction, role: Role, visit: Visit) -> Caller:
    """Return the session that Lambda gets for a function; raises AwsError if it gets none."""
    sandbox, received_at = call.caller.sandbox, call.caller.origin.received_at
    service = service_for(function, received_at, visit)
    asked = session_request(function.name).params(role.arn)
    try:
        given = perform(service, "sts:AssumeRole", asked)["Credentials"]
    except AwsError:
        raise AwsError("AccessDeniedException", CANNOT_ASSUME, 403) from None
    token = Token(
        kind=TokenKind.ROLE,
        sandbox=sandbox.pk,
        generation=sandbox.generation,
        account_id=function.account.account_id,
        principal_id=role.unique_id,
        access_key_id=given["AccessKeyId"],
        issued=service.now.timestamp(),
        expires=given["Expiration"].timestamp(),
        session_name=session_request(function.name).session_name,
    )
    origin = Origin(
        received_at,
        _ADDRESS,
        f"exec-env/AWS_Lambda_{function.runtime}",
        region=function.region,
        secure=True,
        supposed={"lambda:SourceFunctionArn": function.arn},
    )
    return caller_of(token, origin, visit)


def run(call: Call, function: LambdaFunction) -> Run:
    """Run a function once; raises AwsError if Lambda cannot assume its role."""
    role = role_of(call.caller.sandbox, function.role_arn)
    if role is None:
        raise AwsError("AccessDeniedException", CANNOT_ASSUME, 403)
    visit = Visit()
    try:
        caller = _session(call, function, role, visit)
        return _answer(caller, function)
    finally:
        end_visit(visit)
        call.caller.visit.wrote |= visit.wrote
        call.caller.visit.recorded |= visit.recorded


def _answer(caller: Caller, function: LambdaFunction) -> Run:
    lines: list[str] = []
    done: list[dict[str, Any]] = []
    try:
        for one in calls_in(function.environment.get(CALLS, "")):
            lines.append(f"{one.operation} as {caller.arn}")
            done.append({"call": one.operation, "result": _result(caller, one)})
    except BadCalls as error:
        return _failed("ValueError", str(error), lines)
    except AwsError as error:
        name = one.operation.partition(":")[2]
        said = f"An error occurred ({error.code}) when calling the {name} operation: "
        return _failed("ClientError", f"{said}{error.message}", lines)
    return Run(_written(done), log="\n".join(lines))


def _result(caller: Caller, one: FunctionCall) -> dict[str, Any]:
    return perform(caller, one.operation, one.params)


def _failed(kind: str, message: str, lines: list[str]) -> Run:
    payload = {"errorMessage": message, "errorType": kind, "stackTrace": []}
    lines.append(f"[ERROR] {kind}: {message}")
    return Run(json.dumps(payload).encode(), "Unhandled", "\n".join(lines))


def _written(done: list[dict[str, Any]]) -> bytes:
    text = json.dumps(done, default=_plain, ensure_ascii=False)
    if len(text) <= _MOST_SHOWN:
        return text.encode("utf-8", "replace")
    short = [{"call": one["call"], "result": "too long to be shown"} for one in done]
    return json.dumps(short).encode()


def _plain(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
