"""What a copy's accounts, identity provider, organization and networks are called."""

import json
import re
from collections.abc import Callable, Iterator, Mapping

from console.labs.rows.renames import Renaming
from console.labs.rows.snapshots import Snapshot
from console.services.ec2.models import Instance
from console.services.ec2.shapes import network_of
from iam.models import Account, ControlPolicy, Event, SamlProvider, Sandbox
from iam.models.organizations import organization_id_in, root_id, unit_id, units_above
from sts.actions.assume_role_with_saml import name_qualifier

AccountIds = Mapping[str, str]
Values = Mapping[str, str]
Pairs = Iterator[tuple[str, str]]
"""Old and new."""
_ENTITY_ID = re.compile(r'entityID="([^"]*)"')


def _dashed(account_id: str) -> str:
    return f"{account_id[:4]}-{account_id[4:8]}-{account_id[8:]}"


def _filled(values: Values) -> Callable[[str], str]:
    """Return how a name that IDs are derived from reads in the copy."""
    return Renaming("", literals=values, only_known=True).text


def _organization(snapshot: Snapshot, old: str, new: str, values: Values) -> Pairs:
    filled = _filled(values)
    yield old, new
    yield root_id(old), root_id(new)
    units = {row["organizational_unit"] for row in snapshot.tables[Account]}
    for unit in {above for one in units for above in units_above(one)}:
        yield unit_id(old, unit), unit_id(new, filled(unit))
    for row in snapshot.tables[ControlPolicy]:
        before = ControlPolicy(type=row["type"], name=row["name"])
        after = ControlPolicy(type=row["type"], name=filled(row["name"]))
        pair = before.arn(old, ""), after.arn(new, "")
        yield pair[0].rpartition("/")[2], pair[1].rpartition("/")[2]


def _networks(snapshot: Snapshot, account_ids: AccountIds) -> Pairs:
    """Yield the IDs of the default networks, which an account has in each Region."""
    regions = {row["region"] for row in snapshot.tables[Instance]}
    regions |= {row["record"]["awsRegion"] for row in snapshot.tables[Event]}
    for region in regions:
        for old, new in account_ids.items():
            before, after = network_of(old, region), network_of(new, region)
            yield from zip(before.values(), after.values(), strict=True)


def known_ids(
    snapshot: Snapshot, into: Sandbox, account_ids: AccountIds, values: Values
) -> dict[str, str]:
    """Return what the snapshot's accounts, provider, organization and networks are called now."""
    known = {**account_ids, snapshot.slug: into.slug}
    known |= {_dashed(old): _dashed(new) for old, new in account_ids.items()}
    if snapshot.organization_id:
        new = organization_id_in(into.pk)
        known |= dict(_organization(snapshot, snapshot.organization_id, new, values))
    return known | dict(_networks(snapshot, account_ids))


def name_qualifiers(
    snapshot: Snapshot, into: Sandbox, account_ids: AccountIds, values: Values
) -> dict[str, str]:
    """Return the hashes that stand for SAML providers in records and condition keys."""
    accounts = {row["id"]: row["account_id"] for row in snapshot.tables[Account]}
    known = {}
    for row in snapshot.tables[SamlProvider]:
        found = _ENTITY_ID.search(row["metadata"])
        if found:
            old, name = accounts[row["account_id"]], row["name"]
            issuer = found[1].replace(snapshot.slug, into.slug)
            qualifier = name_qualifier(found[1], old, name)
            known[qualifier] = name_qualifier(issuer, account_ids[old], _filled(values)(name))
    return known


def own_account_ids(snapshot: Snapshot, sandbox: Sandbox) -> AccountIds:
    """Return which account of a copy stands for which of the snapshot's."""
    theirs, own = (json.loads(one.scenario)["world"]["accounts"] for one in (snapshot, sandbox))
    return {account["id"]: own[name]["id"] for name, account in theirs.items()}
