"""Worlds to open pages of: a few rows of each kind, or as many as AWS's quotas let in."""

from typing import Any

FEW, ROLES, USERS, OBJECTS = 20, 1_000, 900, 1_000
BUCKET = "bench-of-objects"
_TEAMS = 8
"""Groups that the users are spread over, each with a policy of its own."""


def filled(owner: str, account_id: str, users: int, roles: int, objects: int = 0) -> Any:
    """Return a world with so many users in groups, so many roles, and a bucket of objects."""
    from iam.models import Document, Role  # noqa: PLC0415
    from tests.worlds import NOON, allow, make_world, trust  # noqa: PLC0415

    world = make_world(owner, account_id)
    for number in range(_TEAMS):
        name = f"team-{number}"
        theirs = f"arn:aws:iam::{account_id}:role/team-{number}-*"
        policy = allow("sts:AssumeRole", resource=theirs)
        world.do("CreateGroup", GroupName=name)
        world.do("PutGroupPolicy", GroupName=name, PolicyName="act", PolicyDocument=policy)
    _add_users(world, users)
    document = Document.of(world.sandbox, trust(account_id))
    Role.unbound.bulk_create(
        Role(
            sandbox=world.sandbox,
            account=world.account,
            name=f"team-{number % _TEAMS}-role-{number:04}",
            trust=document,
            created_at=NOON,
            last_used_at=NOON if number % 2 else None,
        )
        for number in range(roles)
    )
    _add_bucket(world, objects)
    return world


def _add_users(world: Any, count: int) -> None:
    from iam.models import AccessKey, Group, GroupMembership, User  # noqa: PLC0415
    from tests.worlds import NOON  # noqa: PLC0415

    both = {"sandbox": world.sandbox, "account": world.account, "created_at": NOON}
    users = User.unbound.bulk_create(User(**both, name=f"user-{n:04}") for n in range(count))
    groups = list(Group.in_sandbox(world.sandbox))
    GroupMembership.unbound.bulk_create(
        GroupMembership(sandbox=world.sandbox, user=user, group=groups[number % _TEAMS])
        for number, user in enumerate(users)
    )
    AccessKey.unbound.bulk_create(
        AccessKey(**both, user=user, access_key_id=f"AKIA{number:016}", sealed_secret="")
        for number, user in enumerate(users)
    )


def _add_bucket(world: Any, count: int) -> None:
    from console.services.s3.models import Bucket, StoredObject  # noqa: PLC0415
    from tests.worlds import NOON  # noqa: PLC0415

    bucket = Bucket.add(
        world.sandbox,
        account=world.account,
        name=f"{BUCKET}-{world.sandbox.owner.username}",
        created_at=NOON,
    )
    StoredObject.unbound.bulk_create(
        StoredObject(
            sandbox=world.sandbox,
            bucket=bucket,
            key=f"report-{number:04}.csv",
            body=b"x",
            etag="9dd4e461268c8034f5c8564e155c67a6",
            size=1 + number % 100,
            last_modified=NOON,
            owner_account_id=world.account_id,
        )
        for number in range(count)
    )
