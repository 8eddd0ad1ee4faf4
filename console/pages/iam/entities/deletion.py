"""Deleting entities with what hangs on them: one button, several of AWS's calls for each."""

from collections.abc import Callable

from django.http import HttpRequest

from console.pages.calls import CallResult
from console.pages.iam.entities.entity_pages import EntityPages
from console.pages.outcomes import flash_refused
from console.ui.flash import flash_success
from iam.wire.errors import AwsError


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
