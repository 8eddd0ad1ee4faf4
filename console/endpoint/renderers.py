"""Results and errors of every protocol, written by the service's model."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response

from iam.wire.errors import AwsError
from iam.wire.protocols import answer, refusal
from iam.wire.requests import WireResponse


@dataclass(frozen=True)
class Answered:
    """The result of an operation."""

    operation: str
    result: Mapping[str, Any]
    request_id: str


@dataclass(frozen=True)
class Refused:
    """An error with what its document tells; `protocol` is for a service without a model here."""

    service: str
    error: AwsError
    request_id: str
    resource: str = ""
    protocol: str = ""


class EndpointResponse(Response):
    """An answer that keeps, once rendered, all that the wire says beside the body."""

    wire = WireResponse(500)


class ModelRenderer(BaseRenderer):
    """Writes an answer; the model of its service says by which protocol."""

    media_type = "text/xml"
    format = "aws"
    charset = None
    render_style = "binary"

    def render(
        self,
        data: Answered | Refused,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Return the body; the response of the context keeps the whole answer."""
        response: EndpointResponse = (renderer_context or {})["response"]
        if isinstance(data, Answered):
            wire = answer(data.operation, data.result, data.request_id)
        else:
            wire = refusal(
                data.service,
                data.error,
                data.request_id,
                resource=data.resource,
                protocol=data.protocol,
            )
        response.wire = wire
        return wire.body
