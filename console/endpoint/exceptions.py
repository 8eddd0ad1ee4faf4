"""Every error as AWS's, in the protocol of the service that was called."""

import logging
from typing import Any

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.response import Response

from console.endpoint.received import Exchange, wire_request
from console.endpoint.renderers import EndpointResponse, Refused
from console.endpoint.services import error_protocol, supposed_service
from iam.wire.errors import AwsError

logger = logging.getLogger(__name__)


def aws_error(error: Exception) -> AwsError:
    """Return any error as AWS's; what was not foreseen is logged and tells nothing."""
    if isinstance(error, AwsError):
        return error
    if isinstance(error, MethodNotAllowed):
        message = "The specified method is not allowed against this resource."
        return AwsError("MethodNotAllowed", message, 405)
    logger.error("The endpoint failed", exc_info=error)
    message = "The request processing has failed because of an unknown error."
    return AwsError("InternalFailure", message, 500)


def answer_error(error: Exception, context: dict[str, Any]) -> Response:
    """Answer an exception of the endpoint's view: DRF's exception handler."""
    exchange = Exchange.of(context["request"])
    request = wire_request(context["request"]._request)
    service = exchange.signed.service if exchange.signed else supposed_service(request)
    refused = Refused(
        service=service,
        error=aws_error(error),
        request_id=exchange.request_id,
        resource=request.resource.decode("utf-8", "replace"),
        protocol=error_protocol(service, request),
    )
    return EndpointResponse(refused, exception=True)
