"""Who sends a request that nobody signed, because an identity provider vouches in it."""

from iam.callers import Caller, CallerKind, Origin, Visit
from iam.models import Directory


def unknown_caller(account_id: str, origin: Origin, visit: Visit) -> Caller | None:
    """Return somebody unknown who asks for a role of an account; None if no account is known so.

    The directory says which sandbox an account ID reaches, as it does for access keys.
    """
    entry = Directory.objects.filter(key=account_id).select_related("sandbox").first()
    if entry is None:
        return None
    return Caller(
        kind=CallerKind.UNKNOWN,
        sandbox=entry.sandbox,
        account_id=account_id,
        arn="",
        principal_id="",
        name="",
        origin=origin,
        visit=visit,
    )
