"""Requests of every protocol, read by the service's model."""

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.parsers import BaseParser

from console.endpoint.received import Signed
from iam.wire.protocols import parse_request


class ModelParser(BaseParser):
    """Reads what a request asks for; the model of its service says by which protocol."""

    media_type = "*/*"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return an `Asked`; raises AwsError for what cannot be read."""
        signed: Signed = (parser_context or {})["signed"]
        return parse_request(signed.service, signed.request)
