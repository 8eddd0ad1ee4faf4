"""The operation that a request calls, if Rolecall offers it."""

from console.endpoint.services import offered_services
from iam.perform import registry
from iam.wire.errors import AwsError
from iam.wire.protocols import ParsedRequest, parse_request
from iam.wire.requests import WireRequest

_METHODS = {"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"}


def refuse_method(request: WireRequest) -> None:
    """Raise MethodNotAllowed for an HTTP method that no AWS service accepts here."""
    if request.method not in _METHODS:
        message = "The specified method is not allowed against this resource."
        raise AwsError("MethodNotAllowed", message, 405)


def parse_call(service: str, request: WireRequest) -> ParsedRequest:
    """Return the operation and its parameters, read by the service's model; raises AwsError."""
    if service not in offered_services():
        raise AwsError("NotImplemented", f"Rolecall does not offer the service {service}.")
    call = parse_request(service, request)
    if call.operation not in registry.operations:
        raise AwsError("NotImplemented", f"Rolecall does not offer {call.operation}.")
    return call
