"""*Remove* on the Permissions tab of users, groups and roles."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from console.pages.dialogs import ConfirmDialog
from console.pages.iam.access_changes.preview import change_preview
from console.pages.iam.entity_pages import EntityPages
from console.pages.iam.navigation import iam_frame
from console.pages.outcomes import Outcomes, chosen_in, named
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.flash import flash_success
from iam.analysis import World, with_membership, without_policies
from iam.arns import name_in

_NOTES = {
    "managed": "Detached. The policy itself stays.",
    "inline": "Deleted. This cannot be undone.",
    "group": "The user leaves the group, and loses all of its policies.",
}


def _parted(key: str) -> tuple[str, str]:
    sort, _, what = key.partition(":")
    return (sort, what) if sort in _NOTES else ("managed", key)


def _label(key: str) -> str:
    sort, what = _parted(key)
    return f"Group {what}" if sort == "group" else name_in(what)


def _back(kind: EntityPages, name: str) -> str:
    return f"{kind.url(name)}?tab=permissions"


def _dialog(kind: EntityPages, name: str, chosen: Sequence[str]) -> ConfirmDialog:
    one = len(chosen) == 1
    what = _label(chosen[0]) if one else f"{len(chosen)} policies"
    title = f"Remove {what} from {kind.noun}?"
    return ConfirmDialog(
        title,
        (f"{kind.noun.capitalize()}: {name}",),
        "Remove policy" if one else "Remove policies",
        _back(kind, name),
        hidden=tuple(("selected", key) for key in chosen),
        items=tuple((_label(key), _NOTES[_parted(key)[0]]) for key in chosen),
    )


@require_http_methods(["GET", "POST"])
@console_page
def entity_policies_remove(request: HttpRequest, kind: EntityPages, name: str) -> HttpResponse:
    """Ask for confirmation, then detach or delete policies, or leave groups."""
    chosen = chosen_in(request)
    if not chosen:
        return redirect(_back(kind, name))
    dialog = _dialog(kind, name, chosen)
    if not dialog.confirmed(request):
        frame = iam_frame(request, kind.plural, kind.trail(name, "Remove policies"))
        account_id = console_of(request).account_id

        def suppose(world: World) -> World:
            return _without(world, account_id, (kind.word.lower(), name), chosen)

        return dialog.show(request, {**frame, **change_preview(request, suppose)})
    _remove(request, kind, name, chosen)
    return redirect(_back(kind, name))


def _without(world: World, account_id: str, owner: tuple[str, str], chosen: Sequence[str]) -> World:
    """Return the world without the chosen policies and memberships."""
    parted = [_parted(key) for key in chosen]
    of = {sort: [what for one, what in parted if one == sort] for sort in _NOTES}
    after = without_policies(world, account_id, owner, of["managed"], of["inline"])
    return with_membership(after, account_id, [owner[1]], of["group"], is_in=False)


def _remove(request: HttpRequest, kind: EntityPages, name: str, chosen: Sequence[str]) -> None:
    outcomes: dict[str, Outcomes] = {sort: Outcomes() for sort in _NOTES}
    owner = {kind.parameter: name}
    for key in chosen:
        sort, what = _parted(key)
        calls = {
            "managed": (f"iam:Detach{kind.word}Policy", {**owner, "PolicyArn": what}),
            "inline": (f"iam:Delete{kind.word}Policy", {**owner, "PolicyName": what}),
            "group": ("iam:RemoveUserFromGroup", {"GroupName": what, "UserName": name}),
        }
        operation, params = calls[sort]
        outcomes[sort].call(request, name_in(what), operation, **params)
    _say(request, outcomes)


def _say(request: HttpRequest, outcomes: dict[str, Outcomes]) -> None:
    for sort, words in (("managed", "policy"), ("inline", "inline policy")):
        if count := len(outcomes[sort].done):
            plural = words if count == 1 else words.replace("policy", "policies")
            flash_success(request, f"{count} {plural} removed")
    if left := outcomes["group"].done:
        flash_success(request, f"User removed from {named(left)}")
    for one in outcomes.values():
        one.flash_refused(request, "removed")
