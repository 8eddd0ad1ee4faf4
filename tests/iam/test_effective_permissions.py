"""What a principal's policies leave together, by service and access level."""

import pytest

from iam.analysis import Coverage, Layer, ServiceReach, effective_permissions
from iam.analysis import World as Asked
from iam.factories import ControlPolicyFactory
from tests.worlds import World, allow, document

READ_S3 = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
DENY = {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}


def left(world: World, name: str) -> tuple[dict[str, ServiceReach], dict[Layer, int], int]:
    """Return a user's services by prefix, how many each layer lets through, and what is left."""
    someone = Asked(world.sandbox, world.origin).someone(world.user(name).arn)
    assert someone is not None
    found = effective_permissions(someone)
    return {one.prefix: one for one in found.services}, dict(found.let_through), found.left


def words(reach: ServiceReach, level: str) -> tuple[bool, bool]:
    """Return whether something of an access level is left in full, and in part."""
    return bool(reach.levels[level].full), bool(reach.levels[level].part)


def test_whole_services_are_full_where_nothing_limits_them(world: World) -> None:
    world.add_user("ann", allow("s3:*", "ec2:*"))
    services, _, count = left(world, "ann")
    assert count == 2
    assert services["s3"].whole is Coverage.ALL
    assert not services["s3"].limits


@pytest.mark.parametrize(
    ("statement", "full", "part"),
    [
        (READ_S3, True, False),
        ({**READ_S3, "Resource": "arn:aws:s3:::a/*"}, False, True),
        ({**READ_S3, "Condition": {"Bool": {"aws:SecureTransport": "true"}}}, False, True),
        ({**READ_S3, "Action": "s3:PutObject"}, False, False),
    ],
)
def test_an_action_is_left_in_full_or_on_some_requests(
    world: World, statement: dict[str, object], full: bool, part: bool
) -> None:
    world.add_user("ann", document(statement))
    services, _, _ = left(world, "ann")
    assert words(services["s3"], "Read") == (full, part)


def test_a_deny_takes_away_and_one_with_a_condition_takes_some(world: World) -> None:
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    sometimes = {**DENY, "Action": "s3:*", "Condition": {"Null": {"aws:TokenIssueTime": "true"}}}
    world.add_user("ann", document(everything, DENY, sometimes))
    services, _, _ = left(world, "ann")
    assert "iam" not in services
    assert services["s3"].whole is Coverage.SOME
    assert services["ec2"].whole is Coverage.ALL


def test_boundary_and_every_level_of_the_organization_limit(world: World) -> None:
    world.add_user("ann", allow("s3:*", "ec2:*", "iam:*"))
    boundary = world.do("CreatePolicy", PolicyName="most", PolicyDocument=allow("s3:*", "iam:*"))
    arn = boundary["Policy"]["Arn"]
    world.do("PutUserPermissionsBoundary", UserName="ann", PermissionsBoundary=arn)
    World(world.sandbox, world.add_account("111122223333")).organize()
    ControlPolicyFactory.create(sandbox=world.sandbox, document=document(DENY), targets=["root"])
    services, through, count = left(world, "ann")
    assert count == 1
    assert (services["s3"].whole, services["iam"].whole) == (Coverage.ALL, Coverage.NONE)
    assert services["iam"].limits == {Layer.SCP}
    assert services["ec2"].limits == {Layer.PERMISSIONS_BOUNDARY}
    assert through == {Layer.PRINCIPAL: 3, Layer.PERMISSIONS_BOUNDARY: 2, Layer.SCP: 2}
