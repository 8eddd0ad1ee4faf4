"""Who calls: AWS's signatures as a DRF authentication."""

from dataclasses import replace

from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from console.endpoint.addresses import address_of, region_of
from console.endpoint.received import Exchange, Signed, body_of, origin_of, wire_request
from iam.callers import Caller
from iam.wire.signatures import verify
from sts.credentials import caller_from, note_use, presented


class SignatureAuthentication(BaseAuthentication):
    """Signature version 4, and in presigned URLs of S3 version 2; nothing else, and no cookie."""

    def authenticate(self, request: Request) -> tuple[Caller, Signed] | None:
        """Return the caller and what was signed; None for a request that is not signed at all."""
        exchange, sent = Exchange.of(request), request._request
        verified = verify(wire_request(sent, body_of(sent)), presented, exchange.at)
        if verified is None:
            return None
        service = verified.service
        address = address_of(service, verified.request.path)
        region = region_of(service, address, verified.region)
        origin = replace(
            origin_of(sent, exchange, region),
            presigned=verified.presigned,
            signature_version=verified.version,
        )
        caller = caller_from(verified.holder, origin, exchange.visit)
        note_use(verified.holder, caller, service)
        signed = Signed(caller, service, replace(verified.request, prefix=address.prefix))
        exchange.signed = signed
        return caller, signed

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 would ask for."""
        return "AWS4-HMAC-SHA256"
