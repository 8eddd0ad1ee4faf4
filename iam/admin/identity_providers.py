"""Identity providers that accounts trust; never their private keys."""

from django.contrib import admin

from iam.admin.read_only import ReadOnlyAdmin, json_column, preformatted
from iam.models import OidcProvider, SamlProvider


@admin.register(SamlProvider)
class SamlProviderAdmin(ReadOnlyAdmin):
    """SAML 2.0 identity providers with their metadata."""

    list_display = ("name", "account", "sandbox", "valid_until", "created_at")
    list_select_related = ("account", "sandbox")
    search_fields = ("name", "account__account_id")
    fields = (
        "name",
        "account",
        "sandbox",
        "uuid",
        "created_at",
        "valid_until",
        "assertion_encryption_mode",
        "tags",
        "document",
    )

    @admin.display(description="metadata document")
    def document(self, provider: SamlProvider) -> str:
        return preformatted(provider.metadata)


@admin.register(OidcProvider)
class OidcProviderAdmin(ReadOnlyAdmin):
    """OpenID Connect identity providers with their audiences and keys."""

    list_display = ("url", "account", "sandbox", "created_at")
    list_select_related = ("account", "sandbox")
    search_fields = ("url", "account__account_id")
    fields = (
        "url",
        "account",
        "sandbox",
        "created_at",
        "client_ids",
        "thumbprints",
        "tags",
        "key_set",
    )

    key_set = json_column("keys", "JSON Web Key Set")
