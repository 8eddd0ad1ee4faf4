"""The addresses of *Identity providers*."""

from django.urls import path

from console.pages.iam.providers import changes, creation, detail, listing

urlpatterns = [
    path("identity_providers", listing.providers, name="providers"),
    path("identity_providers/create", creation.provider_create, name="provider_create"),
    path("identity_providers/delete", listing.provider_delete, name="provider_delete"),
    path("identity_providers/saml", detail.saml_provider, name="saml_provider"),
    path("identity_providers/saml/metadata", detail.saml_metadata, name="saml_metadata"),
    path("identity_providers/saml/edit", changes.saml_edit, name="saml_edit"),
    path("identity_providers/oidc", detail.oidc_provider, name="oidc_provider"),
    path("identity_providers/oidc/audience", changes.audience_add, name="audience_add"),
    path("identity_providers/oidc/audiences", changes.audiences_remove, name="audiences_remove"),
    path("identity_providers/oidc/thumbprints", changes.thumbprints, name="thumbprints_edit"),
    path("identity_providers/oidc/keys", changes.keys, name="provider_keys"),
    path("identity_providers/tags", changes.tags, name="provider_tags"),
]
