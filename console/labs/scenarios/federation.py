"""Identity providers of a scenario: those that accounts trust, and the sandbox's own."""

import json
from datetime import datetime

from console.labs.scenarios.errors import Fault, ScenarioError
from console.labs.scenarios.passwords import person_password_of
from console.labs.scenarios.reader import Data
from iam.factories import OidcProviderFactory, SamlProviderFactory
from iam.models import Account, Sandbox
from sts.built_in import Entry, PersonError, add_offer, metadata_of, name_of, save_person


def make_saml_provider(account: Account, row: Data, moment: datetime) -> None:
    """Make a SAML provider of an account; without metadata it is the sandbox's own."""
    sandbox = account.sandbox
    metadata = row.get("metadata")
    if metadata is None:
        sign_in_url = f"{name_of(sandbox).issuer}/"
        metadata = metadata_of(sandbox, moment, sign_in_url)
    tags = row.get("tags", {})
    SamlProviderFactory.create(
        account=account, name=row["name"], metadata=metadata, tags=tags, received_at=moment
    )


def make_oidc_provider(account: Account, row: Data, moment: datetime) -> None:
    """Make an OIDC provider of an account; without a URL it is the sandbox's own."""
    OidcProviderFactory.create(
        account=account,
        url=row.get("url") or name_of(account.sandbox).issuer,
        client_ids=row.get("client_ids", ["sts.amazonaws.com"]),
        thumbprints=row.get("thumbprints", []),
        keys=json.dumps(row["keys"]) if "keys" in row else "",
        tags=row.get("tags", {}),
        received_at=moment,
    )


def fill_identity_provider(sandbox: Sandbox, provider: Data) -> None:
    """Put people and offers into the sandbox's own provider; raises ScenarioError."""
    try:
        for person in provider.get("people", ()):
            given = {key: person[key] for key in ("full_name", "groups", "tags") if key in person}
            password = person_password_of(sandbox, person)
            entry = Entry(person["name"], person["email"], password=password, **given)
            save_person(sandbox, entry)
        for offer in provider.get("roles", ()):
            seconds = offer.get("seconds", 3600)
            add_offer(sandbox, offer["group"], offer["role"], offer["provider"], seconds)
    except PersonError as wrong:
        raise ScenarioError(Fault(f"identity_provider: {wrong.field}: {wrong}")) from wrong
