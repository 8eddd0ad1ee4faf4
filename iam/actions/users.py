"""IAM users."""

from collections.abc import Sequence
from typing import Any

from iam.actions.boundaries import usable_boundary
from iam.actions.bulk_reads import listing_below, page_of, paged, reads_many
from iam.actions.entity_names import refuse_new
from iam.actions.refusals import delete_conflict
from iam.actions.resource_kinds import USER
from iam.actions.shapes import root_user, user_detail, user_listed
from iam.actions.subjects import all_of, below_prefix, named_one, new, user_or_self
from iam.actions.tags import checked_tags
from iam.models import Attachment, InlinePolicy, User
from iam.perform import Call, Listing, Params, Result, lists, reads, writes


def new_user(call: Call, params: Params, _: None) -> dict[str, Any]:
    """Return the fields of a new user; raises AwsError if the request is refused."""
    refuse_new(call, params, USER)
    return {
        "name": params["UserName"],
        "path": params.get("Path", "/"),
        "boundary_arn": usable_boundary(call, params),
        "tags": checked_tags(USER.word, {}, params.get("Tags", ())),
    }


@writes("iam:CreateUser", on=new(USER), prepare=new_user)
def create_user(call: Call, params: Params, fields: dict[str, Any]) -> Result:
    """Create a user without permissions."""
    caller = call.caller
    user = User.add(caller.sandbox, account=call.account, created_at=caller.now, **fields)
    return {"User": user_detail(user)}


@reads_many("iam:GetUser", on=user_or_self)
def get_user(call: Call, requests: Sequence[Params], users: Sequence[User | None]) -> list[Result]:
    """Return users with tags and boundary; without a name the caller itself."""
    return [{"User": user_detail(user) if user else root_user(call.account)} for user in users]


@reads("iam:ListUsers", on=all_of("user"), prepare=paged)
def list_users(call: Call, params: Params, _: None) -> Result:
    """List the account's users by name."""
    users = below_prefix(call, params, User)
    return page_of(params, "Users", users, user_listed)


@lists("iam:ListUsers")
def user_listing(call: Call, params: Params, _: None) -> Listing:
    """List the account's users by name, for pages that show a few of them."""
    return listing_below(call, params, USER, lambda found: list(map(user_listed, found)))


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


@writes("iam:DeleteUser", on=named_one(USER))
def delete_user(call: Call, params: Params, user: User) -> None:
    """Delete a user that has no keys, policies, groups and the like."""
    if hasattr(user, "login_profile"):
        raise delete_conflict("Cannot delete entity, must delete login profile first.")
    for rows, what_first in _in_the_way(call, user):
        if rows.exists():
            raise delete_conflict(f"Cannot delete entity, {what_first}.")
    user.delete()
