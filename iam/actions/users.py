"""IAM users."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from iam.actions.boundaries import usable_boundary
from iam.actions.bulk_reads import page_of, paged, reads_many
from iam.actions.refusals import already_exists, delete_conflict, over_quota
from iam.actions.shapes import root_user, user_detail, user_listed
from iam.actions.subjects import USER, all_of, named, new, one, user_or_self
from iam.actions.tags import checked_tags
from iam.models import Attachment, InlinePolicy, User
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, reads, writes
from iam.queries import in_account


def _refuse_taken(call: Call, params: Params, member: str, but: User | None = None) -> None:
    name = params[member]
    users = User.in_sandbox(call.caller.sandbox).filter(account=call.account)
    if users.filter(name__iexact=name).exclude(pk=but.pk if but else None).exists():
        raise already_exists(f"User with name {name} already exists.", member)


def new_user(call: Call, params: Params, _: None) -> dict[str, Any]:
    """Return what a new user has by its request, which is refused if it may not have it."""
    _refuse_taken(call, params, "UserName")
    users = User.in_sandbox(call.caller.sandbox).filter(account=call.account)
    if users.count() >= USER.per_account:
        raise over_quota("UsersPerAccount", USER.per_account)
    return {
        "name": params["UserName"],
        "path": params.get("Path", "/"),
        "boundary_arn": usable_boundary(call, params),
        "tags": checked_tags(USER.word, {}, params.get("Tags", ())),
    }


@writes("iam:CreateUser", on=new(USER), prepare=new_user)
def create_user(call: Call, params: Params, fields: dict[str, Any]) -> Result:
    """Create a user without any permission."""
    caller = call.caller
    user = User.add(caller.sandbox, account=call.account, created_at=caller.now, **fields)
    return {"User": user_detail(user)}


@reads_many("iam:GetUser", on=user_or_self)
def get_user(call: Call, requests: Sequence[Params], users: Sequence[User | None]) -> list[Result]:
    """Return users with tags and boundary; without a name the caller's own."""
    return [{"User": user_detail(user) if user else root_user(call.account)} for user in users]


@reads("iam:ListUsers", on=all_of("user"), prepare=paged)
def list_users(call: Call, params: Params, _: None) -> Result:
    """List the account's users by name."""
    users = in_account(User, call.caller.sandbox, call.caller.account_id)
    users = users.filter(path__startswith=params.get("PathPrefix", "/"))
    return page_of(params, "Users", users, user_listed)


def _renamed(call: Call, params: Params) -> Resolution:
    """Resolve a renaming, which needs permission on both the old and the new ARN."""
    found = one(named(USER))(call, params)
    user = found.subject
    if user is None:
        return found
    name, path = params.get("NewUserName", user.name), params.get("NewPath", user.path)
    arn = USER.arn(call.caller.account_id, name, path)
    if arn == user.arn:
        return found
    return replace(found, checks=(*found.checks, PermissionCheck(call.operation, arn)))


@writes("iam:UpdateUser", on=_renamed)
def update_user(call: Call, params: Params, user: User) -> None:
    """Give a user another name or path; policies that were bound to it follow."""
    if "NewUserName" in params:
        _refuse_taken(call, params, "NewUserName", but=user)
    user.name = params.get("NewUserName", user.name)
    user.path = params.get("NewPath", user.path)
    user.save(update_fields=["name", "path"])


def _in_the_way(call: Call, user: User) -> list[tuple[Any, str]]:
    sandbox = call.caller.sandbox
    return [
        (user.memberships.all(), "must remove users from group first"),
        (Attachment.in_sandbox(sandbox).filter(user=user), "must detach all policies first"),
        (InlinePolicy.in_sandbox(sandbox).filter(user=user), "must delete policies first"),
        (user.access_keys.all(), "must delete access keys first"),
        (user.ssh_keys.all(), "must delete SSH public keys first"),
        (user.signing_certificates.all(), "must delete signing certificates first"),
        (user.mfa_devices.all(), "must delete MFA device first"),
    ]


@writes("iam:DeleteUser", on=one(named(USER)))
def delete_user(call: Call, params: Params, user: User) -> None:
    """Delete a user that nothing hangs on."""
    if hasattr(user, "login_profile"):
        raise delete_conflict("Cannot delete entity, must delete login profile first.")
    for rows, what_first in _in_the_way(call, user):
        if rows.exists():
            raise delete_conflict(f"Cannot delete entity, {what_first}.")
    user.delete()
