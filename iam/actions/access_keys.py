"""Long-term access keys of users and of the account's root user."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet

from iam import quotas
from iam.actions.bulk_reads import page_of, paged, reads_many
from iam.actions.key_status import set_status
from iam.actions.known_rows import rows_by_key
from iam.actions.refusals import no_such_entity, over_quota
from iam.actions.resource_kinds import iam_resource
from iam.actions.shapes import access_key_listed
from iam.actions.subjects import one, tag_context, user_or_self
from iam.models import AccessKey, Directory, User
from iam.models.identifiers import new_access_key_id, new_secret_access_key
from iam.models.seals import seal
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, writes
from iam.wire.errors import AwsError


def _keys(call: Call) -> QuerySet[Any]:
    keys = AccessKey.in_sandbox(call.caller.sandbox).filter(account=call.account)
    return keys.select_related("user__account")


def _known(call: Call) -> dict[str, AccessKey]:
    """Return the keys that this visit has read: a page asks for their last use, too."""
    return call.caller.visit.remember(("access keys", call.caller.account_id), dict)


def _read(call: Call, keys: QuerySet[Any]) -> list[AccessKey]:
    """Read keys, with users that are read once a visit."""
    found: list[AccessKey] = list(keys.select_related(None))
    users = rows_by_key(call, User, {key.user_id for key in found if key.user_id})
    for key in found:
        if key.user_id:
            key.user = users.get(key.user_id)
    _known(call).update((key.access_key_id, key) for key in found)
    return found


@writes("iam:CreateAccessKey", on=one(user_or_self))
def create_access_key(call: Call, params: Params, user: User | None) -> Result:
    """Create an access key; only this result ever has its secret."""
    if _keys(call).filter(user=user).count() >= quotas.ACCESS_KEYS_PER_USER:
        raise over_quota("AccessKeysPerUser", quotas.ACCESS_KEYS_PER_USER)
    secret = new_secret_access_key()
    key = add_access_key(call, user, new_access_key_id(), secret)
    return {"AccessKey": {**access_key_listed(key), "SecretAccessKey": secret}}


def add_access_key(call: Call, user: User | None, access_key_id: str, secret: str) -> AccessKey:
    """Store an access key, and its sandbox in the directory."""
    Directory.objects.create(key=access_key_id, sandbox=call.caller.sandbox)
    added: AccessKey = AccessKey.add(
        call.caller.sandbox,
        account=call.account,
        user=user,
        access_key_id=access_key_id,
        sealed_secret=seal("access-key", secret.encode()),
        created_at=call.caller.now,
    )
    return added


@reads_many("iam:ListAccessKeys", on=user_or_self, prepare=paged)
def list_access_keys(
    call: Call, requests: Sequence[Params], users: Sequence[User | None]
) -> list[Result]:
    """List users' access keys, without their secrets."""
    by_user: dict[int | None, list[AccessKey]] = defaultdict(list)
    theirs = Q(user__in=[user for user in users if user])
    for key in _read(call, _keys(call).filter(theirs if all(users) else theirs | Q(user=None))):
        by_user[key.user_id].append(key)
    return [
        page_of(params, "AccessKeyMetadata", by_user[user.pk if user else None], access_key_listed)
        for params, user in zip(requests, users, strict=True)
    ]


def _own_key(call: Call, params: Params) -> Resolution:
    """Resolve a key of the named user, or of the caller."""
    found = one(user_or_self)(call, params)
    if found.missing is not None:
        return found
    key_id = params["AccessKeyId"]
    key = _keys(call).filter(user=found.subject, access_key_id=key_id).first()
    missing = no_such_entity(f"The Access Key with id {key_id} cannot be found.", "AccessKeyId")
    resources = (*found.resources, iam_resource("AccessKey", key_id))
    return replace(found, subject=key, missing=None if key else missing, resources=resources)


writes("iam:UpdateAccessKey", on=_own_key)(set_status)


@writes("iam:DeleteAccessKey", on=_own_key)
def delete_access_key(call: Call, params: Params, key: AccessKey) -> None:
    Directory.objects.filter(key=key.access_key_id, sandbox=call.caller.sandbox).delete()
    key.delete()


def _used_keys(call: Call, requests: Sequence[Params]) -> list[Resolution]:
    """Resolve keys by ID only; AWS denies those that are not in the account."""
    found = _known(call)
    new = {params["AccessKeyId"] for params in requests} - found.keys()
    if new:
        _read(call, _keys(call).filter(access_key_id__in=new))
    return [_used_key(call, params["AccessKeyId"], found) for params in requests]


def _used_key(call: Call, key_id: str, found: dict[str, AccessKey]) -> Resolution:
    key = found.get(key_id)
    if key is None:
        message = (
            f"User: {call.caller.arn} is not authorized to perform: {call.operation} "
            f"on resource: access key {key_id}"
        )
        return Resolution(checks=(), missing=AwsError("AccessDenied", message, 403))
    arn = key.user.arn if key.user else call.account.root_arn
    check = PermissionCheck(call.operation, arn, context=tag_context(key.user))
    return Resolution(checks=(check,), subject=key, resources=(iam_resource("AccessKey", key_id),))


@reads_many("iam:GetAccessKeyLastUsed", on=_used_keys)
def get_access_key_last_used(
    call: Call, requests: Sequence[Params], keys: Sequence[AccessKey]
) -> list[Result]:
    return [_last_used(key) for key in keys]


def _last_used(key: AccessKey) -> Result:
    used: Result = {"ServiceName": "N/A", "Region": "N/A"}
    if key.last_used_at:
        used = {
            "LastUsedDate": key.last_used_at,
            "ServiceName": key.last_used_service,
            "Region": key.last_used_region,
        }
    named = {"UserName": key.user.name} if key.user else {}
    return {**named, "AccessKeyLastUsed": used}
