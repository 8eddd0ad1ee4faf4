"""Identity providers, people and control policies of a captured world."""

from console.labs.scenarios.capture.left_out import LeftOut
from console.labs.scenarios.capture.world_rows import WorldRows, document_of, filled
from console.labs.scenarios.reader import Data
from iam.models import ControlPolicy, OidcProvider, SamlProvider
from sts.built_in import name_of
from sts.built_in.models import Person, RoleOffer

_USUAL_AUDIENCE = ["sts.amazonaws.com"]
_USUAL_SECONDS = 3600
_SHORT = {ControlPolicy.Type.SCP.value: "SCP", ControlPolicy.Type.RCP.value: "RCP"}


def control_policies_in(world: WorldRows) -> list[Data]:
    """Return the organization's SCPs and RCPs."""
    names = {one.account_id: f"account:{world.names[one.pk]}" for one in world.accounts}
    return [
        {
            "type": _SHORT[row.type],
            "name": row.name,
            "targets": [names.get(target, target) for target in row.targets],
            **filled(replaces_full_access=row.replaces_full_access),
            "document": document_of(row.document.text),
        }
        for row in world.rows(ControlPolicy, "document")
    ]


def providers_in(world: WorldRows, left: LeftOut) -> Data:
    """Return the providers that accounts trust; the sandbox's own needs no description."""
    own = name_of(world.sandbox)
    saml, oidc = [], []
    for row in world.rows(SamlProvider):
        left.provider_keys |= bool(row.private_keys)
        metadata = "" if f'"{own.entity_id}"' in row.metadata else row.metadata
        saml.append(world.named(row) | filled(metadata=metadata, tags=row.tags))
    for row in world.rows(OidcProvider):
        is_own = row.url == own.host
        oidc.append(
            {"account": world.names[row.account_id]}
            | filled(url="" if is_own else f"https://{row.url}")
            | ({} if row.client_ids == _USUAL_AUDIENCE else {"client_ids": row.client_ids})
            | filled(thumbprints=row.thumbprints, keys={} if is_own else row.keys, tags=row.tags)
        )
    return filled(saml_providers=saml, oidc_providers=oidc)


def directory_in(world: WorldRows) -> Data:
    """Return the people of the sandbox's own identity provider, and what their groups get."""
    people = [
        {"name": row.name, "email": row.email}
        | filled(full_name=row.full_name, groups=row.groups, tags=row.tags)
        for row in world.rows(Person)
    ]
    roles = [
        {"group": row.group, "role": row.role_arn, "provider": row.provider_arn}
        | filled(seconds=row.seconds if row.seconds != _USUAL_SECONDS else 0)
        for row in world.rows(RoleOffer)
    ]
    return filled(people=people, roles=roles)
