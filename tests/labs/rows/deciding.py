"""What a world's policies allow, in words that are the same in each copy."""

from console.labs.rows.renames import Renaming
from iam.analysis import World, who_can, who_can_assume
from iam.models import Account, Sandbox
from tests.labs.rows.worlds import Place

_ACTIONS = ("iam:CreateRole", "iam:DeleteUser", "s3:GetObject", "s3:PutObject")
_RESOURCES = (
    "*",
    "arn:aws:iam::{one}:user/ann",
    "arn:aws:iam::{one}:user/ben",
    "arn:aws:iam::{one}:role/Chained",
    "arn:aws:iam::{two}:role/Reader",
    "arn:aws:s3:::files/{one}/a.txt",
    "arn:aws:s3:::files/plain.txt",
    "arn:aws:s3:::logs/x",
)


def _accounts(sandbox: Sandbox) -> dict[str, str]:
    return dict(Account.in_sandbox(sandbox).values_list("name", "account_id"))


def decisions(place: Place) -> set[tuple[str, ...]]:
    """Return who can do what, and who can assume which role; account IDs as names."""
    place.sandbox.refresh_from_db()
    ids = _accounts(place.sandbox)
    world = World(place.sandbox, place.origin)
    plain = Renaming("", {account_id: f"the-{name}" for name, account_id in ids.items()})
    found = {
        (action, plain.text(arn), plain.text(one.someone.arn), str(one.allowed))
        for action in _ACTIONS
        for arn in (resource.format(**ids) for resource in _RESOURCES)
        for one in who_can(world, action, arn)
    }
    return found | {
        ("assume", plain.text(access.role.arn), plain.text(way.someone.arn), *way.needs)
        for access in who_can_assume(world)
        for way in access.ways
    }
