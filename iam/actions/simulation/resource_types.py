"""The resource types of actions, by the catalogue, and their ARN templates."""

import re
from functools import lru_cache

from iam import catalogue
from iam.arns import ARN_FIELDS, RESOURCE, SERVICE, split_arn

_PLACE = re.compile(r"\$\{([^}]*)\}")
_ONE_FIELD = {"Partition", "Region", "Account"}


@lru_cache(maxsize=512)
def _templates(action: str) -> tuple[str, ...]:
    """Return the ARN templates of an action's resource types; none if it takes only `*`."""
    service = catalogue.service(action.partition(":")[0])
    found = catalogue.action(action)
    if service is None or found is None:
        return ()
    kinds = (service.resource_type(name) for name in found.resource_types)
    return tuple(kind.arn for kind in kinds if kind is not None)


def may_be_resource(action: str, arn: str) -> bool:
    """Return whether a resource is of a type that the action can have.

    An ARN that begins with a name, as a bucket's, may be any resource of its service.
    """
    templates = _templates(action)
    return not templates or arn == "*" or any(_alike(one, arn) for one in templates)


def _alike(template: str, arn: str) -> bool:
    wanted, given = split_arn(template), split_arn(arn)
    if len(given) < ARN_FIELDS or given[SERVICE] not in {wanted[SERVICE], "*"}:
        return False
    literal = wanted[RESOURCE].partition("${")[0]
    before_wildcard = re.split(r"[*?]", given[-1], maxsplit=1)[0]
    if before_wildcard != given[-1] and literal.startswith(before_wildcard):
        return True
    return given[-1].startswith(literal)


def template_for(action: str, arn: str) -> str:
    """Return the ARN template for several resources; `*` if there is none."""
    templates = _templates(action)
    fitting = (one for one in templates if _fits(one, arn))
    return next(fitting, templates[0] if templates else "*")


def _fits(template: str, arn: str) -> bool:
    pieces = _PLACE.split(template)
    pattern = "".join(
        re.escape(piece) if place % 2 == 0 else "[^:]*" if piece in _ONE_FIELD else ".+"
        for place, piece in enumerate(pieces)
    )
    return re.fullmatch(pattern, arn, re.DOTALL) is not None
