"""Deleting entities with what hangs on them: one button, several of AWS's calls for each."""

from collections.abc import Callable

from django.http import HttpRequest

from console.pages.iam.entities.entity_pages import EntityPages
from console.pages.iam.entities.outcomes import flash_refusal
from console.signin.console import console_of
from console.ui.flash import flash_success
from iam.callers import Caller
from iam.wire.errors import AwsError


def delete_entity(
    request: HttpRequest, kind: EntityPages, name: str, delete: Callable[[Caller, str], None]
) -> None:
    """Delete one, and say how it went: *Role NAME deleted.*, or why it was not."""
    try:
        delete(console_of(request).caller, name)
    except AwsError as error:
        what = f"{kind.noun.capitalize()} {name}"
        flash_refusal(request, f"{what} was not deleted: {error.message}", error)
    else:
        flash_success(request, kind.deleted.format(name=name))
