"""lambda:Invoke."""

from base64 import b64encode

from console.services.awslambda.errors import CANNOT_ASSUME, not_offered
from console.services.awslambda.models import LambdaFunction
from console.services.awslambda.resolvers import on_function
from console.services.awslambda.roles import can_assume_role
from console.services.awslambda.runs import run
from iam.perform import Call, Params, Result, reads
from iam.wire.errors import AwsError


def invocable(call: Call, params: Params, function: LambdaFunction) -> LambdaFunction:
    """Prepare to run a function at once: Lambda must be able to assume its role."""
    if params.get("InvocationType", "RequestResponse") == "Event":
        raise not_offered("asynchronous invocation")
    if not can_assume_role(function, call.caller.origin.received_at):
        raise AwsError("AccessDeniedException", CANNOT_ASSUME, 403)
    return function


# Each call of the run is a write or a read of its own, with a transaction of its own.
@reads("lambda:Invoke", on=on_function, prepare=invocable, data_event=True)
def invoke(call: Call, params: Params, function: LambdaFunction) -> Result:
    """Run a function once, and return what it returned."""
    if params.get("InvocationType") == "DryRun":
        return {"StatusCode": 204}
    done = run(call, function)
    answer: Result = {"StatusCode": 200, "ExecutedVersion": "$LATEST", "Payload": done.payload}
    if done.failure:
        answer["FunctionError"] = done.failure
    if params.get("LogType") == "Tail":
        answer["LogResult"] = b64encode(done.log.encode()).decode()
    return answer
