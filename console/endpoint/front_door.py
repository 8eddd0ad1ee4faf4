"""The steps of a request by an AWS client, in order."""

from dataclasses import replace

from console.endpoint.authentication import missing_signature, verify_signature, vouch_for
from console.endpoint.calls import parse_call, refuse_method
from console.endpoint.exceptions import refuse
from console.endpoint.lab_rules import refuse_withheld
from console.endpoint.requests import Environ, origin_of, read_body, read_head
from console.endpoint.responses import completed
from console.endpoint.services import supposed_service
from console.labs.visits import after_visit
from iam.callers import Visit
from iam.perform import perform
from iam.trail import end_visit
from iam.wire.protocols import answer
from iam.wire.requests import WireResponse


def answer_request(environ: Environ) -> WireResponse:
    """Answer a request of an AWS client; an error is in the words of the service."""
    visit, origin = Visit(), origin_of(environ)
    head = read_head(environ)
    service = supposed_service(head)
    try:
        received = replace(head, body=read_body(environ))
        accepted = verify_signature(received, origin, visit) or vouch_for(received, origin, visit)
        service = accepted.service if accepted else service
        refuse_method(received)
        if accepted is None:
            raise missing_signature(received)
        call = parse_call(service, accepted.request)
        refuse_withheld(accepted.caller, call.operation)
        try:
            result = perform(accepted.caller, call.operation, call.params)
        finally:
            end_visit(visit)
            caller = accepted.caller
            after_visit(caller.sandbox, visit, access_key_id=caller.access_key_id)
        response = answer(call.operation, result, origin.request_id)
    except Exception as error:
        response = refuse(error, service, head, origin.request_id)
    return completed(response, head.method)
