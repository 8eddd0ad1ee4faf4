"""Reads of trails in one sandbox."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from console.services.cloudtrail.models import Trail
from console.services.cloudtrail.names import TrailName
from iam.models import Sandbox


def trails_of(sandbox: Sandbox, account_id: str) -> QuerySet[Trail]:
    rows: QuerySet[Trail] = Trail.in_sandbox(sandbox).select_related("account")
    return rows.filter(account__account_id=account_id)


def seen_from(rows: QuerySet[Trail], region: str) -> QuerySet[Trail]:
    """Return the trails of a region, with the shadows of multi-Region trails."""
    return rows.filter(Q(home_region=region) | Q(multi_region=True))


def find_trail(sandbox: Sandbox, named: TrailName, region: str) -> Trail | None:
    """Return the trail of a name, as a region sees it."""
    rows = trails_of(sandbox, named.account_id)
    found = seen_from(rows.filter(name=named.name, home_region=named.region), region).first()
    if found is not None:
        found.sandbox = sandbox
    return found


def logging_trails(sandbox: Sandbox) -> Iterable[Trail]:
    return list(Trail.in_sandbox(sandbox).select_related("account").filter(logging=True))
