"""Signing in to the simulated console, and out of it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from console.signin.access import may_open
from console.signin.console import Console
from console.signin.forms import RootSignInForm, UserSignInForm
from console.signin.guard import IDENTITY_FIELD
from console.signin.state import ConsoleLimit, ConsoleStore
from console.signin.throttling import note_failure, note_success, seconds_to_wait
from iam.callers import Origin
from sts.credentials import Credentials
from sts.sign_in import REFUSED, SignInRefused, root_accounts, sign_in_root, sign_in_user

_SITE_LOGIN_FIRST = (
    "This account belongs to a sandbox that needs a site login. Log in to the site first."
)


def origin_of_visit(request: HttpRequest) -> Origin:
    """Return where the request comes from, as the middleware saw it."""
    origin: Origin = request.origin  # type: ignore[attr-defined]
    return origin


def next_url(request: HttpRequest) -> str:
    """Return where a sign-in leads: a path of this site, or the IAM dashboard."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return "/iam/"


def start_console(request: HttpRequest, credentials: Credentials) -> HttpResponse:
    """Keep a sign-in's credentials, in place of the present console unless one is to be added."""
    console: Console | None = getattr(request, "console", None)
    adding = request.POST.get("add") == "on"
    replaced = console.console_id if console and not adding else ""
    try:
        ConsoleStore(request.session).sign_in(credentials.session_token, replacing=replaced)
    except ConsoleLimit as error:
        return render(request, "signin/limit.html", {"error": error}, status=409)
    request.session.cycle_key()
    return HttpResponseRedirect(next_url(request))


def _throttled(
    request: HttpRequest, parts: tuple[str, str], attempt: Callable[[], Credentials]
) -> Credentials:
    now = origin_of_visit(request).received_at
    wait = seconds_to_wait(now, *parts)
    if wait:
        message = f"Too many failed attempts for this user. Try again in {wait} seconds."
        raise PermissionError(message)
    try:
        credentials = attempt()
    except SignInRefused as error:
        note_failure(now, *parts)
        raise PermissionError(str(error)) from error
    note_success(*parts)
    return credentials


@never_cache
@require_http_methods(["GET", "POST"])
def signin(request: HttpRequest) -> HttpResponse:
    """*IAM user sign in*: account, user name, password."""
    if request.method == "GET":
        form = UserSignInForm(initial={"account": request.GET.get("account", "")})
        return _user_page(request, form)
    form = UserSignInForm(request.POST)
    if not form.is_valid():
        return _user_page(request, form)
    found, name = form.cleaned_data["account"], form.cleaned_data["username"]
    if not may_open(request, found.sandbox):
        form.add_error("account", _SITE_LOGIN_FIRST)
        return _user_page(request, form)
    try:
        credentials = _throttled(
            request,
            (found.account_id, name),
            lambda: sign_in_user(
                found, name, form.cleaned_data["password"], origin_of_visit(request)
            ),
        )
    except PermissionError as error:
        form.add_error(None, str(error))
        return _user_page(request, form)
    return start_console(request, credentials)


def _user_page(request: HttpRequest, form: UserSignInForm) -> HttpResponse:
    return render(request, "signin/user.html", {"form": form, "next": next_url(request)})


@never_cache
@require_http_methods(["GET", "POST"])
def signin_root(request: HttpRequest) -> HttpResponse:
    """*Root user sign in*: email address and password."""
    if request.method == "GET":
        return _root_page(request, RootSignInForm(), ask_account=False)
    form = RootSignInForm(request.POST)
    if not form.is_valid():
        return _root_page(request, form, ask_account=bool(form.data.get("account")))
    email = form.cleaned_data["email"]
    digits = "".join(c for c in form.cleaned_data["account"] if c.isdigit())
    accounts = [a for a in root_accounts(email) if may_open(request, a.sandbox)]
    if digits:
        accounts = [a for a in accounts if a.account_id == digits]
    if len(accounts) > 1:
        form.add_error("account", "Several accounts use this email address. Enter the account ID.")
        return _root_page(request, form, ask_account=True)
    password = form.cleaned_data["password"]

    def attempt() -> Credentials:
        if not accounts:
            raise SignInRefused
        return sign_in_root(accounts[0], password, origin_of_visit(request))

    try:
        credentials = _throttled(request, ("root", f"{email}/{digits}"), attempt)
    except PermissionError as error:
        form.add_error(None, str(error))
        return _root_page(request, form, ask_account=bool(digits))
    return start_console(request, credentials)


def _root_page(request: HttpRequest, form: RootSignInForm, *, ask_account: bool) -> HttpResponse:
    context = {"form": form, "ask_account": ask_account, "next": next_url(request)}
    return render(request, "signin/root.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def signout(request: HttpRequest) -> HttpResponse:
    """Sign out of the console that the form was shown to; the others stay."""
    console: Console | None = getattr(request, "console", None)
    if console is None:
        return redirect("/")
    if request.method == "GET":
        return render(request, "signin/signout.html", {})
    if request.POST.get(IDENTITY_FIELD, console.identity) == console.identity:
        ConsoleStore(request.session).sign_out(console.console_id)
    return redirect(f"/signin?account={console.base.account_id}")


@never_cache
@require_POST
def use_console(request: HttpRequest, console_id: str) -> HttpResponse:
    """Make another signed-in console the one that plain URLs mean."""
    store = ConsoleStore(request.session)
    if console_id in store.ids():
        store.use(console_id)
    return redirect(reverse("iam_dashboard"))


__all__ = [
    "REFUSED",
    "next_url",
    "signin",
    "signin_root",
    "signout",
    "start_console",
    "use_console",
]
