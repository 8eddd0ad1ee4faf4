"""AWS's wire protocols, driven by its service models; see README.md."""

from iam.wire.protocols.requests import ParsedRequest, parse_request
from iam.wire.protocols.responses import answer, refusal

__all__ = ["ParsedRequest", "answer", "parse_request", "refusal"]
