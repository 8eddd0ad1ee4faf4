"""Who reaches what by itself: everybody asked every probe, the quick way and the long one."""

import pytest

from iam.analysis import Circumstances, access_of, check_on, probes_of
from iam.arns import bucket_arn
from tests.iam.analysis_worlds import OTHER_ID, random_world, seen
from tests.worlds import World

MFA = Circumstances(mfa=True)


@pytest.mark.parametrize("seed", range(5))
def test_nobody_is_passed_over_who_could_do_something(world: World, seed: int) -> None:
    world.add_account(OTHER_ID)
    random_world(world, seed)
    there = seen(world)
    probes = probes_of(there, [bucket_arn("bucket")])

    access = access_of(there, probes)

    for one in there.people.values():
        allowed = {
            (action, resource)
            for action, resource in probes
            for check in [check_on(there, action, resource)(one.caller)]
            if one.ask(check).allowed or one.ask(check, MFA).allowed
        }
        assert access[one.arn].own == allowed
