"""One sandbox."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from console.administration.sandboxes import accounts_in, find_sandbox, purpose_of
from console.administration.sizes import measure
from console.labs.catalog import known_labs
from console.labs.site_users import display_name
from console.pages.admin.frame import render_admin_page
from console.pages.admin.guard import for_administrators
from console.pages.admin.sandboxes.forms import CopyForm, OwnerForm, SandboxForm

if TYPE_CHECKING:
    from iam.models import Sandbox


def found_sandbox(number: int) -> "Sandbox":
    """Return a sandbox; raises Http404."""
    sandbox = find_sandbox(number)
    if sandbox is None:
        raise Http404
    return sandbox


def sandbox_page(
    request: HttpRequest, sandbox: "Sandbox", status: int = 200, **forms: Any
) -> HttpResponse:
    """Show a sandbox; `forms` are those that were refused."""
    login = sandbox.owner.get_username()
    context = {
        "sandbox": sandbox,
        "purpose": purpose_of(sandbox, known_labs()),
        "owner": display_name(sandbox.owner),
        "measured": measure(sandbox),
        "accounts": accounts_in(sandbox),
        "form": SandboxForm(initial={"name": sandbox.name, "public": sandbox.public}),
        "copy_form": CopyForm(initial={"owner": login, "name": f"Copy of {sandbox.name}"[:120]}),
        "owner_form": OwnerForm(),
    }
    page = "administration/sandboxes/sandbox.html"
    return render_admin_page(request, page, context | forms, status)


@for_administrators
@require_safe
def sandbox_view(request: HttpRequest, number: int) -> HttpResponse:
    """Show what is known of a sandbox, and what can be done."""
    return sandbox_page(request, found_sandbox(number))
