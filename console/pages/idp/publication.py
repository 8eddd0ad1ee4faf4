"""The provider's public documents: SAML metadata, OpenID Connect discovery, keys."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from console.pages.idp.visits import sandbox_or_404
from console.signin.console import visited
from sts.built_in import metadata_of, name_of, signing_key


def _absolute(request: HttpRequest, name: str, slug: str) -> str:
    return request.build_absolute_uri(reverse(name, args=[slug]))


@require_GET
def metadata(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the SAML metadata document."""
    sandbox = sandbox_or_404(slug)
    received_at = visited(request).origin.received_at
    document = metadata_of(sandbox, received_at, _absolute(request, "idp", slug))
    response = HttpResponse(document, "application/samlmetadata+xml")
    response["Content-Disposition"] = 'attachment; filename="metadata.xml"'
    return response


@require_GET
def discovery(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the OpenID Connect discovery document."""
    name = name_of(sandbox_or_404(slug))
    return JsonResponse(
        {
            "issuer": name.issuer,
            "authorization_endpoint": _absolute(request, "idp", slug),
            "jwks_uri": _absolute(request, "idp_jwks", slug),
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "claims_supported": ["aud", "amr", "email", "exp", "groups", "iat", "iss", "sub"],
        }
    )


@require_GET
def jwks(request: HttpRequest, slug: str) -> HttpResponse:
    key = signing_key(sandbox_or_404(slug), visited(request).origin.received_at)
    return JsonResponse(key.key_set())
