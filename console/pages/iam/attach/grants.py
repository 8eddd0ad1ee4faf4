"""The calls that give a user, group or role permissions, and the flash bars about them."""

from collections.abc import Iterable

from django.http import HttpRequest

from console.pages.calls import call
from console.pages.iam.attach.options import PermissionsChoice
from console.pages.iam.entity_pages import USER, EntityPages
from console.pages.outcomes import Outcomes, flash_refused, named
from console.signin.console import console_of
from console.ui.flash import flash_success
from iam.analysis import World, with_attached, with_membership, with_permissions_of
from iam.arns import name_in


def attach_policies(
    request: HttpRequest, kind: EntityPages, name: str, arns: Iterable[str], *, quiet: bool = False
) -> Outcomes:
    """Attach managed policies, a call each, and show flash bars about it."""
    outcomes, owner = Outcomes(), {kind.parameter: name}
    for arn in arns:
        shown = name_in(arn)
        operation = f"iam:Attach{kind.word}Policy"
        outcomes.call(request, shown, operation, **owner, PolicyArn=arn)
    if outcomes.done and not quiet:
        one = len(outcomes.done) == 1
        what = "Policy was" if one else "Policies were"
        flash_success(request, f"{what} successfully attached to {kind.noun}.")
    outcomes.flash_refused(request, "attached")
    return outcomes


def join_groups(
    request: HttpRequest, name: str, groups: Iterable[str], *, quiet: bool = False
) -> Outcomes:
    """Add a user to groups, a call each, and show flash bars about it."""
    outcomes = Outcomes()
    for group in groups:
        outcomes.call(request, group, "iam:AddUserToGroup", GroupName=group, UserName=name)
    if outcomes.done and not quiet:
        word = "group" if len(outcomes.done) == 1 else "groups"
        flash_success(request, f"User added to {word} {named(outcomes.done)}")
    outcomes.flash_refused(request, "joined")
    return outcomes


def _copy_inline(request: HttpRequest, source: str, name: str) -> Outcomes:
    outcomes = Outcomes()
    for policy in call(request, "iam:ListUserPolicies", UserName=source).rows("PolicyNames"):
        found = call(request, "iam:GetUserPolicy", UserName=source, PolicyName=policy)
        if found.error:
            flash_refused(request, found, f"{policy} was not copied")
            continue
        document = found.output["PolicyDocument"]
        params = {"UserName": name, "PolicyName": policy, "PolicyDocument": document}
        outcomes.call(request, policy, "iam:PutUserPolicy", **params)
    outcomes.flash_refused(request, "copied")
    return outcomes


def _copy(request: HttpRequest, source: str, name: str, *, quiet: bool) -> bool:
    groups = call(request, "iam:ListGroupsForUser", UserName=source)
    attached = call(request, "iam:ListAttachedUserPolicies", UserName=source)
    for result in (groups, attached):
        if result.error:
            flash_refused(request, result, f"Not everything of {source} was copied")
    names = [one["GroupName"] for one in groups.rows("Groups")]
    arns = [one["PolicyArn"] for one in attached.rows("AttachedPolicies")]
    parts = (
        join_groups(request, name, names, quiet=True),
        attach_policies(request, USER, name, arns, quiet=True),
        _copy_inline(request, source, name),
    )
    nothing_done = any(part.refused for part in parts) and not any(part.done for part in parts)
    if not quiet and not nothing_done:
        flash_success(request, f"Permissions of {source} copied to user {name}.")
    return not nothing_done


def grant(
    request: HttpRequest, name: str, chosen: PermissionsChoice, *, quiet: bool = False
) -> bool:
    """Give a user the chosen permissions; with `quiet` only refusals get a bar.

    Tells whether any of it was done, or there was nothing to do.
    """
    if chosen.option == "copy":
        return _copy(request, chosen.copy_from, name, quiet=quiet)
    if chosen.option == "groups":
        return not join_groups(request, name, chosen.groups, quiet=quiet).nothing_done
    return not attach_policies(request, USER, name, chosen.policies, quiet=quiet).nothing_done


def supposed_grant(
    request: HttpRequest, world: World, name: str, chosen: PermissionsChoice
) -> World:
    """Return the world in which a user has the chosen permissions."""
    account_id = console_of(request).account_id
    if chosen.option == "groups":
        return with_membership(world, account_id, [name], chosen.groups, is_in=True)
    if chosen.option == "copy":
        return with_permissions_of(world, account_id, chosen.copy_from, name)
    return with_attached(world, account_id, ("user", name), chosen.policies)
