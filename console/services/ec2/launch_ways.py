"""The ways to launch an instance, distinguished by what a caller's policies ask about."""

from collections.abc import Iterator
from itertools import islice, product

from console.services.ec2.actions.run_instances import on_launch
from console.services.ec2.images import IMAGES
from console.services.ec2.metadata.credentials import SERVICE
from iam.analysis import WorldPrincipal, runs_what_it_is_given
from iam.analysis.escalation.asked_keys import conditions_of
from iam.engine import values_near
from iam.perform import Call, PermissionCheck
from iam.wire.tags import tag_list

_LAUNCH = "ec2:RunInstances"
_TYPE, _TAG = "ec2:instancetype", "aws:requesttag/"
_MOST = 24


@runs_what_it_is_given(SERVICE)
def launches(someone: WorldPrincipal) -> Iterator[tuple[PermissionCheck, ...]]:
    """Yield the checks of a launch by each image, with the types and tags that are asked about."""
    asked = _asked(someone)
    types = ["t3.micro", *asked.pop(_TYPE, ())]
    tags = [(key[len(_TAG) :], values) for key, values in asked.items()]
    sets = product(*((None, *values) for _, values in tags))
    for values, kind, image in islice(product(sets, types, IMAGES), _MOST):
        given = {tags[place][0]: one for place, one in enumerate(values) if one is not None}
        params = {"ImageId": image.image_id, "InstanceType": kind, "MinCount": 1, "MaxCount": 1}
        if given:
            listed = [{"ResourceType": "instance", "Tags": tag_list(given)}]
            params = {**params, "TagSpecifications": listed}
        yield tuple(on_launch(Call(someone.caller, _LAUNCH, params), params).checks)


def _asked(someone: WorldPrincipal) -> dict[str, list[str]]:
    """Return values that conditions distinguish, by the keys of a launch in lower case."""
    found: dict[str, list[str]] = {}
    for policy in someone.own:
        for condition in conditions_of(policy.text):
            key = condition.key.lower()
            if key == _TYPE or key.startswith(_TAG):
                found.setdefault(key, []).extend(values_near(condition, {}))
    return found
