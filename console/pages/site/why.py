"""*Why?*: the decisions behind a recorded call, replayed with every statement."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.labs.rules import Tool
from console.signin.console import console_of
from console.signin.guard import console_page, needs
from console.signin.happenings import note
from console.signin.lab_rules import rules_for
from iam.analysis import LAYER_NAMES
from iam.perform import explain_event

# How to make a request with a condition key, by the key's name in lower case.
WAYS_TO_ASK = {
    "aws:multifactorauthpresent": (
        "Sign in with an MFA code, or call GetSessionToken with one and use its credentials; "
        "for AssumeRole, give it the code."
    ),
    "aws:multifactorauthage": "Seconds since the MFA code was given: sign in with a code again.",
    "aws:securetransport": "Call over https.",
    "aws:sourceip": "Call from this network.",
    "aws:requestedregion": "Call an endpoint of this Region.",
    "iam:passedtoservice": "Pass the role to this service.",
    "iam:permissionsboundary": "Set this permissions boundary in the same call.",
    "iam:policyarn": "Attach or detach this policy.",
    "s3:delimiter": "List with this delimiter.",
    "s3:prefix": "List with this prefix.",
    "sts:externalid": (
        "Give AssumeRole this external ID. The console's Switch role has no field for one."
    ),
    "sts:rolesessionname": "Name the session so.",
    "sts:sourceidentity": "Give this source identity.",
}


@console_page
@needs(Tool.WHY)
def why(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Show why one of the visitor's own calls was allowed or denied; the owner sees everybody's."""
    console = console_of(request)
    explained = explain_event(
        console.sandbox, event_id, None if console.sees_all else console.principal_ids
    )
    if explained:
        note(request, "WhyOpened", f"{explained.event.name} {request.path_info}")
    context = {
        "explained": explained,
        "layers": LAYER_NAMES,
        "ways": WAYS_TO_ASK,
        "advice": rules_for(request, console.sandbox).allows(Tool.ADVICE),
    }
    return render(request, "site/why.html", context, status=200 if explained else 404)
