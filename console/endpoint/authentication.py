"""Who calls: AWS's signatures as a DRF authentication."""

from dataclasses import replace
from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from console.endpoint.addresses import address_of, region_of
from console.endpoint.received import Exchange, Signed, body_of, origin_of, wire_request
from console.endpoint.services import action_of
from iam.callers import Caller
from iam.catalogue.regions import HOME_REGION
from iam.wire.errors import AwsError
from iam.wire.protocols import parse_request
from iam.wire.signatures import verify
from sts.credentials import caller_from, note_use, presented, unknown_caller

_UNSIGNED = {"AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"}


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
            global_endpoint=address.is_global,
        )
        caller = caller_from(verified.holder, origin, exchange.visit)
        note_use(verified.holder, caller, service)
        signed = Signed(caller, service, replace(verified.request, prefix=address.prefix))
        exchange.signed = signed
        return caller, signed

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 would ask for."""
        return "AWS4-HMAC-SHA256"


class ProofAuthentication(BaseAuthentication):
    """Nobody's signature: the two operations of STS in which an identity provider vouches.

    What the proof is worth, the operation itself finds out. The account of the role says which
    sandbox is meant.
    """

    def authenticate(self, request: Request) -> tuple[Caller, Signed] | None:
        """Return somebody unknown; None for any other operation."""
        exchange, sent = Exchange.of(request), request._request
        received = wire_request(sent, body_of(sent))
        action = action_of(received)
        if action not in _UNSIGNED:
            return None
        address = address_of("sts", received.path)
        received = replace(received, prefix=address.prefix)
        params: Any = parse_request("sts", received).params
        region = address.region or HOME_REGION
        account_id = str(params.get("RoleArn", "")).split(":")[4:5]
        caller = unknown_caller(
            "".join(account_id),
            replace(origin_of(sent, exchange, region), global_endpoint=address.is_global),
            exchange.visit,
        )
        if caller is None:
            raise AwsError("AccessDenied", f"Not authorized to perform sts:{action}", 403)
        exchange.signed = Signed(caller, "sts", received)
        return caller, exchange.signed
