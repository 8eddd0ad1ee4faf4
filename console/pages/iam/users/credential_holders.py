"""The holder of security credentials: a user, or the visitor itself."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from console.pages.iam.entity_pages import USER
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.flash import flash_info

# AWS's model of EnableMFADevice requires a name, which the root user does not have.
_ROOT = "root"


@dataclass(frozen=True)
class Dialogs:
    """The addresses of the dialogs about one credential."""

    activate: str
    deactivate: str
    delete: str


@dataclass(frozen=True)
class Holder:
    """A user, or the root user (no name); `own` on the pages of *My security credentials*."""

    name: str
    own: bool = False

    @property
    def is_root(self) -> bool:
        return not self.name

    @property
    def params(self) -> dict[str, str]:
        """Return the parameters that name the holder; none means the caller."""
        return {"UserName": self.name} if self.name else {}

    @property
    def mfa_params(self) -> dict[str, str]:
        """Return the same for operations that require a name."""
        return {"UserName": self.name or _ROOT}

    @property
    def label(self) -> str:
        return f"User {self.name}" if self.name else "Root user"

    @property
    def back(self) -> str:
        """Return the address of the page that shows its credentials."""
        return (
            reverse("security_credentials")
            if self.own
            else f"{USER.url(self.name)}?tab=credentials"
        )

    def url(self, page: str, *args: str) -> str:
        """Return the address of a page about its credentials."""
        if self.own:
            return reverse(f"own_{page}", args=args)
        return reverse(page, args=[self.name, *args])

    def dialogs(self, page: str, *args: str) -> Dialogs:
        """Return the dialogs about one credential; their addresses end with the verb."""
        return Dialogs(*(self.url(page, *args, v) for v in ("activate", "deactivate", "delete")))

    @property
    def key_create_url(self) -> str:
        return self.url("access_key_create")

    @property
    def mfa_assign_url(self) -> str:
        return self.url("mfa_assign")

    @property
    def mfa_remove_url(self) -> str:
        return self.url("mfa_remove")

    @property
    def mfa_resync_url(self) -> str:
        return self.url("mfa_resync")

    @property
    def current(self) -> str:
        return "" if self.own else "users"

    def trail(self, title: str) -> list[tuple[str, str]]:
        """Return the breadcrumbs after IAM."""
        if self.own:
            return [("My security credentials", self.back), (title, "")]
        return USER.trail(self.name, title)


def holders_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Pass a view the holder in place of a user's name; without a name it is the caller."""

    @console_page
    @wraps(view)
    def found(request: HttpRequest, name: str = "", **kwargs: str) -> HttpResponse:
        if name:
            return view(request, Holder(name), **kwargs)
        console = console_of(request)
        if console.is_role or console.is_federated:
            onward = "" if console.is_federated else " Switch back to see your own."
            flash_info(request, f"A role has no long-term credentials.{onward}")
            return redirect("iam_dashboard")
        holder = Holder("" if console.is_root else console.caller.name, own=True)
        return view(request, holder, **kwargs)

    return found
