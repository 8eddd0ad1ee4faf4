"""The part that opens below the row of an inline policy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.calls import call
from console.pages.iam.entity_pages import EntityPages
from console.pages.iam.policy_text import policy_text
from console.signin.guard import console_page


@console_page
def inline_policy_document(
    request: HttpRequest, kind: EntityPages, name: str, policy: str
) -> HttpResponse:
    """Show an inline policy's summary and document, or why they cannot be shown."""
    params = {kind.parameter: name, "PolicyName": policy}
    result = call(request, f"iam:Get{kind.word}Policy", **params)
    text = result.output.get("PolicyDocument", "")
    context = {"result": result, **policy_text(text, policy)}
    return render(request, "iam/policies/document.html", context)
