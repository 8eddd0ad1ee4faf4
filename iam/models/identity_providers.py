"""Identity providers that an account trusts: SAML 2.0 and OpenID Connect."""

from uuid import uuid4

from django.db import models

from iam.arns import oidc_provider_arn, saml_provider_arn
from iam.models.accounts import Account
from iam.models.base import Simulated


class SamlProvider(Simulated):
    """A SAML 2.0 identity provider, known by the metadata document that it publishes."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="saml_providers")
    name = models.CharField(max_length=128)
    uuid = models.UUIDField(default=uuid4)
    metadata = models.TextField()
    valid_until = models.DateTimeField(null=True, blank=True)
    assertion_encryption_mode = models.CharField(max_length=8, blank=True)
    private_keys = models.JSONField(
        default=list, blank=True, editable=False, help_text="Sealed keys with their IDs and dates."
    )
    tags = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "SAML provider"
        ordering = ["name"]
        constraints = [models.UniqueConstraint("account", "name", name="saml_provider_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def arn(self) -> str:
        return saml_provider_arn(self.account.account_id, self.name)


class OidcProvider(Simulated):
    """An OpenID Connect identity provider; `url` is its issuer without `https://`.

    AWS fetches the provider's keys from its address. There is no network here: `keys` is the JSON
    Web Key Set that was given, {} if none was.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="oidc_providers")
    url = models.CharField(max_length=255)
    client_ids = models.JSONField(default=list, blank=True)
    thumbprints = models.JSONField(default=list, blank=True)
    keys = models.JSONField(default=dict, blank=True)
    tags = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "OIDC provider"
        ordering = ["url"]
        constraints = [models.UniqueConstraint("account", "url", name="oidc_provider_once")]

    def __str__(self) -> str:
        return self.url

    @property
    def arn(self) -> str:
        return oidc_provider_arn(self.account.account_id, self.url)
