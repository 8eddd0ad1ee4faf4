"""The endpoint: signature, operation, `perform`, answer."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.http import HttpRequest
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from console.endpoint.authentication import ProofAuthentication, SignatureAuthentication
from console.endpoint.exceptions import answer_error
from console.endpoint.parsers import ModelParser
from console.endpoint.received import Exchange, Signed, body_of, wire_request
from console.endpoint.renderers import Answered, EndpointResponse, ModelRenderer
from console.endpoint.services import offered_services, supposed_service
from iam.perform import perform, registry
from iam.trail import end_visit
from iam.wire.errors import AwsError
from iam.wire.protocols import ParsedRequest


class OneOfEach(BaseContentNegotiation):
    """The service's model says what is sent and answered; Accept and Content-Type do not."""

    def select_parser(self, request: Request, parsers: Any) -> BaseParser:
        """Return the only parser."""
        parser: BaseParser = parsers[0]
        return parser

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the only renderer."""
        renderer: BaseRenderer = renderers[0]
        return renderer, renderer.media_type


class EndpointView(APIView):
    """Every operation of every service, at one address."""

    authentication_classes = (SignatureAuthentication, ProofAuthentication)
    permission_classes = ()
    throttle_classes = ()
    parser_classes = (ModelParser,)
    renderer_classes = (ModelRenderer,)
    content_negotiation_class = OneOfEach

    def get_parser_context(self, http_request: HttpRequest) -> dict[str, Any]:
        """Add the exchange that the request begins."""
        return {**super().get_parser_context(http_request), "exchange": Exchange()}

    def get_exception_handler(self) -> Callable[[Exception, dict[str, Any]], Response]:
        """Return the handler that answers as AWS does."""
        return answer_error

    @property
    def default_response_headers(self) -> dict[str, str]:
        """Add nothing to AWS's headers."""
        return {}

    def answer(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        """Perform what was asked for, as the caller who signed it."""
        exchange = Exchange.of(request)
        signed = exchange.signed
        if signed is None:
            raise _unsigned(request)
        asked = self._asked(signed)
        try:
            result = perform(signed.caller, asked.operation, asked.params)
        finally:
            end_visit(exchange.visit)
        return EndpointResponse(Answered(asked.operation, result, exchange.request_id))

    def _asked(self, signed: Signed) -> ParsedRequest:
        if signed.service not in offered_services():
            message = f"Rolecall does not offer the service {signed.service}."
            raise AwsError("NotImplemented", message)
        # Not by request.data: DRF asks no parser about a request without a body.
        asked: ParsedRequest = ModelParser().parse(
            BytesIO(signed.request.body), None, {"signed": signed}
        )
        if asked.operation not in registry.operations:
            raise AwsError("NotImplemented", f"Rolecall does not offer {asked.operation}.")
        return asked

    get = post = put = delete = head = options = answer


def _unsigned(request: Request) -> AwsError:
    sent = request._request
    if supposed_service(wire_request(sent, body_of(sent))) == "s3":
        return AwsError("AccessDenied", "Access Denied", 403)
    message = "Request is missing Authentication Token"
    return AwsError("MissingAuthenticationToken", message, 403)
