"""*Revoke sessions*: an inline policy that denies everything to sessions issued before now."""

import json
from datetime import UTC

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from console.pages.calls import call
from console.pages.outcomes import flash_refused
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.flash import flash_error, flash_success

POLICY_NAME = "AWSRevokeOlderSessions"


def revoke_document(issued_before: str) -> str:
    """Return the policy that AWS attaches to revoke sessions."""
    statement = {
        "Effect": "Deny",
        "Action": ["*"],
        "Resource": ["*"],
        "Condition": {"DateLessThan": {"aws:TokenIssueTime": issued_before}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=2)


@require_POST
@console_page
def role_revoke(request: HttpRequest, name: str) -> HttpResponse:
    """*Revoke active sessions*, after the check box was ticked."""
    back = f"{reverse('role', args=[name])}?tab=revoke"
    if request.POST.get("acknowledge") != "on":
        flash_error(request, "Acknowledge that you are revoking all active sessions for this role.")
        return redirect(back)
    now = console_of(request).caller.now
    moment = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    document = revoke_document(moment)
    params = {"RoleName": name, "PolicyName": POLICY_NAME, "PolicyDocument": document}
    result = call(request, "iam:PutRolePolicy", **params)
    if result.error:
        flash_refused(request, result)
    else:
        flash_success(request, f"All active sessions of the role {name} were revoked.")
    return redirect(back)
