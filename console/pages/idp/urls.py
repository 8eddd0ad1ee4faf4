"""The addresses of an identity provider's pages."""

from django.urls import path

from console.pages.idp import administration, applications, portal, publication, tokens

urlpatterns = [
    path("", portal.portal, name="idp"),
    path("signin", portal.sign_in, name="idp_signin"),
    path("as", portal.enter, name="idp_enter"),
    path("signout", portal.sign_out, name="idp_signout"),
    path("saml/metadata.xml", publication.metadata, name="idp_metadata"),
    path(".well-known/openid-configuration", publication.discovery, name="idp_discovery"),
    path("jwks", publication.jwks, name="idp_jwks"),
    path("aws", applications.open_console, name="idp_aws"),
    path("token", tokens.token, name="idp_token"),
    path("assertion", tokens.assertion, name="idp_assertion"),
    path("people", administration.people, name="idp_people"),
    path("people/<str:name>", administration.person, name="idp_person"),
    path("roles", administration.roles, name="idp_roles"),
]
