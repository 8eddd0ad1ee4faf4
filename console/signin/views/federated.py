"""`/signin/saml`: signing in to the console from an identity provider.

The provider's form comes from another site, so it brings neither our cookies nor a CSRF token: it
only leads to *Select a role*, a form of this site. Where the provider is of this site itself and
offers one role, that form is skipped.
"""

import re
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from console.signin.access import may_open
from console.signin.console import visited
from console.signin.views.completion import next_url, start_console
from iam.wire.errors import AwsError
from sts.sign_in import OfferedRole, offered_roles, sign_in_with_saml

_PROVIDER = re.compile(r"/idp/([A-Za-z0-9-]+)/")
_CLOSED = "This account belongs to a sandbox that needs a site login. Log in to the site first."


def _provider_url(request: HttpRequest) -> str:
    """Return the address of this site's own provider, if the response comes from it."""
    path = urlsplit(request.headers.get("Referer", "")).path
    found = _PROVIDER.match(path) if _of_this_site(request) else None
    return reverse("idp", args=[found[1]]) if found else ""


def _refused(request: HttpRequest, sentence: str, event_id: object = None) -> HttpResponse:
    url = _provider_url(request)
    context = {"sentence": sentence, "event_id": event_id, "provider_url": url}
    return render(request, "signin/saml_refused.html", context, status=403)


def _offered(request: HttpRequest) -> list[OfferedRole]:
    page = visited(request)
    return offered_roles(request.POST.get("SAMLResponse", ""), page.origin, page.visit)


def _enter(request: HttpRequest, role: OfferedRole) -> HttpResponse:
    if not may_open(request, role.account.sandbox):
        return _refused(request, _CLOSED)
    page, assertion = visited(request), request.POST.get("SAMLResponse", "")
    try:
        token = sign_in_with_saml(role, assertion, page.origin, page.visit)
    except AwsError as error:
        return _refused(request, error.message, getattr(error, "event_id", None))
    return start_console(request, token)


def _select(request: HttpRequest, roles: list[OfferedRole], error: str = "") -> HttpResponse:
    context = {
        "roles": roles,
        "assertion": request.POST.get("SAMLResponse", ""),
        "next": next_url(request),
        "error": error,
    }
    return render(request, "signin/saml_roles.html", context)


def _of_this_site(request: HttpRequest) -> bool:
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def signin_saml(request: HttpRequest) -> HttpResponse:
    """Show the roles that a provider's response offers."""
    if request.method == "GET":
        return redirect("signin")
    try:
        roles = _offered(request)
    except AwsError as error:
        return _refused(request, error.message)
    if len(roles) == 1 and _of_this_site(request):
        return _enter(request, roles[0])
    return _select(request, roles)


@never_cache
@require_POST
def signin_saml_role(request: HttpRequest) -> HttpResponse:
    try:
        roles = _offered(request)
    except AwsError as error:
        return _refused(request, error.message)
    chosen = request.POST.get("role", "")
    for role in roles:
        if f"{role.role_arn},{role.provider_arn}" == chosen:
            return _enter(request, role)
    return _select(request, roles, "Select a role.")
