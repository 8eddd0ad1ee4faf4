"""Resources that a pattern means, chosen so that the policies can tell them apart.

A check on every object of a bucket asks about the objects there are, about one that no policy
can have thought of, and about one inside and one outside of each pattern that a policy uses.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from django.db.models import QuerySet

from console.labs.checks.case import Case
from console.services.s3.models import StoredObject
from iam.analysis import WorldPrincipal, check_on
from iam.arns import bucket_arn, object_arn
from iam.models import Sandbox
from iam.models.prepared_queries import Prepared
from iam.policy_documents import as_list, pattern_matches, statements_in

NAME = "rolecall-probe"
_MOST = 60


def _objects_in(sandbox: int, bucket: str) -> QuerySet[StoredObject]:
    rows: QuerySet[StoredObject] = StoredObject.in_sandbox(Sandbox(pk=sandbox))
    return rows.filter(bucket__name=bucket).only("key")[:_MOST]


_OBJECTS = Prepared(_objects_in)


def texts(value: str | Sequence[str]) -> list[str]:
    """Return what a check gives as one text or as several."""
    return [value] if isinstance(value, str) else list(value)


def as_asked(resource: str, pattern: str) -> str:
    """Return how a question names a resource: by the pattern, where it stands for any of it."""
    return pattern if resource == pattern.replace("*", NAME) else resource


def _patterns(text: str) -> Iterator[str]:
    for statement in statements_in(text):
        for element in ("Resource", "NotResource"):
            if element in statement:
                yield from as_list(statement[element])


def _documents(case: Case, principal: WorldPrincipal, action: str, resource: str) -> Iterator[str]:
    for applied in principal.own:
        yield applied.text
    policy = check_on(case.world, action, resource)(principal.caller).policy
    if policy is not None:
        yield policy.text


def _of_pattern(pattern: str) -> Iterator[str]:
    for star in (NAME, "", f"{NAME}/x.txt"):
        yield pattern.replace("*", star).replace("?", "x")
    yield pattern.replace("*", "").replace("?", "x") + f"-{NAME}"


def _objects(case: Case, pattern: str) -> Iterator[str]:
    if pattern.startswith(bucket_arn("")) and "/" in pattern:
        bucket = pattern.removeprefix(bucket_arn("")).partition("/")[0]
        rows = partial(_OBJECTS.rows, case.sandbox.pk, bucket)
        for found in case.world.visit.remember(("objects", bucket), rows):
            yield object_arn(bucket, found.key)


def _roles(case: Case, pattern: str) -> Iterator[str]:
    if ":role/" in pattern:
        yield from (role.arn for role in case.world.roles)


def resources_like(case: Case, principal: WorldPrincipal, action: str, pattern: str) -> list[str]:
    """Return the resource, or for a pattern with `*` some of those that it means."""
    if "*" not in pattern:
        return [pattern]
    sample = pattern.replace("*", NAME)
    found = {sample: None, pattern.replace("*", f"{NAME}/{NAME}.csv"): None}
    found.update(dict.fromkeys(_objects(case, pattern)))
    found.update(dict.fromkeys(_roles(case, pattern)))
    for text in _documents(case, principal, action, sample):
        for used in _patterns(text):
            found.update(dict.fromkeys(_of_pattern(used)))
    return list(islice((one for one in found if pattern_matches(pattern, one)), _MOST))


def session_names(
    case: Case, principal: WorldPrincipal, action: str, pattern: str
) -> dict[str, None]:
    """Return the names of sessions of a role that the policies about a resource have thought of."""
    role, unique_id = re.escape(principal.name), re.escape(principal.unique_id)
    written = re.compile(rf"(?:assumed-role/{role}/|{unique_id}:)([\w+=,.@-]{{2,64}})", re.ASCII)
    texts = _documents(case, principal, action, pattern.replace("*", NAME))
    return dict.fromkeys(name for text in texts for name in written.findall(text))
