"""The drawer beside the console's pages: the attempt of the world that the browser acts in."""

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from console.labs.attempts import attempt_in, is_current, note_member_key
from console.labs.lab_versions import lab_of
from console.pages.iam.temporary.credential_lines import CredentialLines, Keys, shell_lines
from console.pages.labs.attempt_views import AttemptView, attempt_view
from console.pages.labs.entries import called_account
from console.pages.labs.lookup import own_attempt
from console.signin.console import Console, visited
from console.signin.local_paths import local_path, page_of_form
from console.signin.other_browsers import opened_worlds
from console.signin.state import ConsoleStore
from sts.credentials import open_token


@dataclass
class DrawerView:
    """An attempt beside a page: `here` is where a change of identity leads back to."""

    view: AttemptView
    request: HttpRequest
    here: str
    behind: bool = False

    @cached_property
    def console(self) -> Console | None:
        """Return the console that acts in the attempt's world, if one is signed in."""
        console = visited(self.request).console
        sandbox = self.view.attempt.sandbox_id
        return console if console and console.sandbox.pk == sandbox else None

    @property
    def acting(self) -> str:
        """Return who acts; a user with the account, where the world has several."""
        if self.console is None:
            return ""
        names = {account_id: name for name, account_id in self.view.accounts.items()}
        account = names.get(self.console.account_id)
        if len(names) == 1 or account is None or self.console.role:
            return self.console.label
        return f"{self.console.label} of {called_account(account)}"

    @property
    def lines(self) -> list[CredentialLines]:
        """Return the environment that lets a shell act as the console does."""
        if self.console is None or self.console.ended or not self.view.cli:
            return []
        token = ConsoleStore(self.request.session).acting_token(self.console.console_id)
        opened = open_token(token)
        note_member_key(self.view.attempt, self.request.user.pk, opened.access_key_id)
        keys = Keys(opened.access_key_id, opened.secret_access_key, token)
        return shell_lines(keys, self.request.build_absolute_uri("/aws"))


def _drawer(request: HttpRequest) -> DrawerView | None:
    """Return the drawer of the world that the browser acts in, or last acted in."""
    world = ConsoleStore(request.session).last_world()
    attempt = attempt_in(request.user, world, opened_worlds(request)) if world else None
    lab = lab_of(attempt) if attempt else None
    if attempt is None or lab is None:
        return None
    view = attempt_view(request, attempt, lab)
    return DrawerView(view, request, page_of_form(request), behind=request.method == "POST")


def drawer_of_page(request: HttpRequest) -> dict[str, Any]:
    """Return the drawer of a page as a function of no arguments: fragments do not need it."""
    if not hasattr(request, "visit"):  # answered before the middleware came to it
        return {}
    return {"lab_drawer": partial(_drawer, request)}


@never_cache
@require_safe
def attempt_drawer(request: HttpRequest, attempt_id: str) -> HttpResponse:
    """Return what the drawer holds, or 204 if the page that asks has it as it is."""
    attempt, lab = own_attempt(request, attempt_id)
    if is_current(attempt_id, request.GET.get("version", "")):
        return HttpResponse(status=204)
    here = local_path(request.GET.get("here", ""))
    drawer = DrawerView(attempt_view(request, attempt, lab), request, here)
    return render(request, "labs/drawer_body.html", {"drawer": drawer, "fragment": True})
