"""Deleting entities with what hangs on them: one button, several of AWS's calls for each."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest
from django.urls import reverse

from console.pages.calls import CallResult
from console.pages.iam.entities.dialogs import ConfirmDialog
from console.pages.iam.entities.entity_pages import EntityPages
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
    """Return the question before entities are deleted: the name of one is typed, or how many."""
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


def delete_entity(
    request: HttpRequest, kind: EntityPages, name: str, delete: Callable[[HttpRequest, str], None]
) -> None:
    """Delete one, and say how it went: *Role NAME deleted.*, or why it was not."""
    try:
        delete(request, name)
    except AwsError as error:
        failure = f"{kind.noun.capitalize()} {name} was not deleted"
        flash_refused(request, CallResult(error=error), failure)
    else:
        flash_success(request, kind.deleted.format(name=name))
