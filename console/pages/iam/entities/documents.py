"""An inline policy's permissions, below its row or as a page."""

from django.http import HttpRequest, HttpResponse

from console.pages.calls import call
from console.pages.iam.entity_pages import EntityPages
from console.pages.iam.navigation import iam_frame
from console.pages.iam.policy_text import policy_text_page
from console.signin.guard import console_page


@console_page
def inline_policy_document(
    request: HttpRequest, kind: EntityPages, name: str, policy: str
) -> HttpResponse:
    params = {kind.parameter: name, "PolicyName": policy}
    result = call(request, f"iam:Get{kind.word}Policy", **params)
    text = result.output.get("PolicyDocument", "")
    frame = iam_frame(request, kind.plural, kind.trail(name, policy))
    return policy_text_page(request, frame, result, text, policy)
