"""The names of a sandbox's identity provider: a reserved domain, resolved only in here."""

import re
from dataclasses import dataclass

from iam.models import Sandbox

_DOMAIN = "idp.rolecall.example"
_SLUG = re.compile(r"[0-9]{1,12}-[a-z2-7]{8}", re.ASCII)


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
        return f"https://{self.host}"

    @property
    def entity_id(self) -> str:
        return f"{self.issuer}/saml"


def name_of(sandbox: Sandbox) -> Name:
    """Return the names of a sandbox's provider; a reset does not change them."""
    return Name(sandbox.slug)


def named_sandbox(slug: str) -> Sandbox | None:
    """Return the sandbox of a provider's slug, if the directory has that sandbox.

    So a copy with the same slug, which is not in the directory, is never returned.
    """
    if not _SLUG.fullmatch(slug):
        return None
    return Sandbox.objects.filter(slug=slug, directory__isnull=False).first()
