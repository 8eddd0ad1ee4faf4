"""Exceptions as AWS's errors, in the protocol of the called service."""

import logging

from console.endpoint.services import error_protocol
from console.outages import outage_of
from console.stored_text import UnstorableText
from iam.wire.errors import AwsError
from iam.wire.protocols import refusal
from iam.wire.requests import WireRequest, WireResponse

logger = logging.getLogger(__name__)


def _aws_error(error: Exception) -> AwsError:
    """Return any exception as AWS's error; an unexpected one is logged and reveals nothing."""
    if isinstance(error, AwsError):
        return error
    if isinstance(error, UnstorableText):
        return AwsError("ValidationError", str(error), 400)
    outage = outage_of(error)
    if outage is not None:  # AWS's clients try again by themselves
        return AwsError("ServiceUnavailable", outage.sentence, 503)
    logger.error("The endpoint failed", exc_info=error)
    message = "The request processing has failed because of an unknown error."
    return AwsError("InternalFailure", message, 500)


def refuse(error: Exception, service: str, request: WireRequest, request_id: str) -> WireResponse:
    """Return an exception as the service sends it; `request` has no body."""
    return refusal(
        service,
        _aws_error(error),
        request_id,
        resource=request.resource.decode("utf-8", "replace"),
        protocol=error_protocol(service, request),
    )
