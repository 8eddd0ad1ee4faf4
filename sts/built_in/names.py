"""What a sandbox's identity provider is called: a reserved name, resolved only in here."""

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
    """Return the names of a sandbox's provider; a reset leaves them as they are."""
    return Name(sandbox.slug)


def named_sandbox(slug: str) -> Sandbox | None:
    """Return the sandbox whose provider has a slug; one that the directory does not name has none.

    So a copy with the same slug, which is not in the directory, is not reached by it.
    """
    if not _SLUG.fullmatch(slug):
        return None
    return Sandbox.objects.filter(slug=slug, directory__isnull=False).first()
