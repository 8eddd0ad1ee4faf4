"""Deleting entities with all that belongs to them: several of AWS's calls for each."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest
from django.urls import reverse

from console.pages.calls import CallResult, call
from console.pages.dialogs import ConfirmDialog
from console.pages.iam.entity_pages import EntityPages
from console.pages.outcomes import flash_refused
from console.ui.flash import flash_success
from iam.wire.errors import AwsError


def deletion_dialog(
    kind: EntityPages,
    names: Sequence[str],
    sentence: str,
    *,
    action: str = "Delete",
    items: tuple[tuple[str, str], ...] = (),
    warning: str = "",
) -> ConfirmDialog:
    """Return the dialog before a deletion, in which the entity's name is typed, or *3 users*."""
    what = names[0] if len(names) == 1 else f"{len(names)} {kind.noun}s"
    return ConfirmDialog(
        f"Delete {what}?",
        (sentence,),
        action,
        reverse(kind.plural),
        expected=what,
        hidden=tuple(("selected", name) for name in names),
        items=items,
        warning=warning,
    )


def detach_policies(request: HttpRequest, kind: EntityPages, name: str) -> None:
    entity = {kind.parameter: name}
    attached = call(request, f"iam:ListAttached{kind.word}Policies", **entity).or_raise()
    for policy in attached.rows("AttachedPolicies"):
        params = {**entity, "PolicyArn": policy["PolicyArn"]}
        call(request, f"iam:Detach{kind.word}Policy", **params).or_raise()


def delete_inline_policies(request: HttpRequest, kind: EntityPages, name: str) -> None:
    entity = {kind.parameter: name}
    listed = call(request, f"iam:List{kind.word}Policies", **entity).or_raise()
    for policy in listed.rows("PolicyNames"):
        call(request, f"iam:Delete{kind.word}Policy", **entity, PolicyName=policy).or_raise()


def delete_entity(
    request: HttpRequest, kind: EntityPages, name: str, delete: Callable[[HttpRequest, str], None]
) -> None:
    """Delete one entity, and show a flash bar: *Role NAME deleted.*, or the refusal."""
    try:
        delete(request, name)
    except AwsError as error:
        failure = f"{kind.noun.capitalize()} {name} was not deleted"
        flash_refused(request, CallResult(error=error), failure)
    else:
        flash_success(request, kind.deleted.format(name=name))
