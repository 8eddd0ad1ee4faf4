"""What a sandbox's identity provider is called: a reserved name, resolved only in here."""

import re
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare

from iam.models import Sandbox
from iam.models.seals import derived_secret

_DOMAIN = "idp.rolecall.example"
_SLUG = re.compile(r"([0-9]{1,12})-([a-z2-7]{8})", re.ASCII)


@dataclass(frozen=True)
class Name:
    """The names of a provider: the slug of its pages, its OIDC issuer, its SAML entity ID."""

    slug: str

    @property
    def host(self) -> str:
        """Return the issuer without https://, as the ARN of a provider has it."""
        return f"{self.slug}.{_DOMAIN}"

    @property
    def issuer(self) -> str:
        """Return the OIDC issuer."""
        return f"https://{self.host}"

    @property
    def entity_id(self) -> str:
        """Return the SAML entity ID."""
        return f"{self.issuer}/saml"


def _letters(sandbox_pk: int) -> str:
    return derived_secret("built-in-provider", str(sandbox_pk), length=8).lower()


def name_of(sandbox: Sandbox) -> Name:
    """Return the names of a sandbox's provider; a reset leaves them as they are."""
    return Name(f"{sandbox.pk}-{_letters(sandbox.pk)}")


def named_sandbox(slug: str) -> Sandbox | None:
    """Return the sandbox whose provider has a slug."""
    found = _SLUG.fullmatch(slug)
    if found is None or not constant_time_compare(found[2], _letters(int(found[1]))):
        return None
    return Sandbox.objects.filter(pk=int(found[1])).first()
