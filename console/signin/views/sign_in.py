"""Signing in to the simulated console, and out of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console.signin.access import may_open
from console.signin.console import visited
from console.signin.forms import RootSignInForm, UserSignInForm
from console.signin.guard import other_identity
from console.signin.lab_rules import fence_of
from console.signin.state import ConsoleStore
from console.signin.throttle import throttled
from console.signin.typed_fields import IDENTITY_FIELD
from console.signin.views.completion import next_url
from console.signin.views.second_factor import go_on
from sts.sign_in import (
    FoundAccount,
    SignIn,
    SignInRefused,
    note_sign_out,
    root_accounts,
    sign_in_root,
    sign_in_user,
    unknown_account,
)

_REMEMBERED, _A_YEAR = "rolecall_account", 365 * 24 * 3600
_SITE_LOGIN_FIRST = (
    "This account belongs to a sandbox that needs a site login. Log in to the site first."
)


@never_cache
@require_http_methods(["GET", "POST"])
def signin(request: HttpRequest) -> HttpResponse:
    """*IAM user sign in*: account, user name, password."""
    if request.method == "GET":
        remembered = request.COOKIES.get(_REMEMBERED, "")
        account = request.GET.get("account", "") or remembered
        form = UserSignInForm(initial={"account": account, "remember": bool(remembered)})
        return _user_page(request, form)
    form = UserSignInForm(request.POST)
    if not form.is_valid():
        return _user_page(request, form)
    typed = form.cleaned_data
    found: FoundAccount = typed["account"]
    if not may_open(request, found.sandbox):
        # A site user who may not open the sandbox gets the answer for an unknown account.
        stranger = request.user.is_authenticated
        form.add_error(
            "account", unknown_account(form.data["account"]) if stranger else _SITE_LOGIN_FIRST
        )
        return _user_page(request, form)

    def attempt() -> SignIn:
        origin, fence = visited(request).origin, fence_of(request, found.sandbox)
        return sign_in_user(found, typed["username"], typed["password"], origin, fence)

    try:
        signed_in = throttled(request, (found.account_id, typed["username"]), attempt)
    except PermissionError as error:
        form.add_error(None, str(error))
        return _user_page(request, form)
    response = go_on(request, signed_in)
    _remember(request, response, found.account_id if typed["remember"] else "")
    return response


def _remember(request: HttpRequest, response: HttpResponse, account_id: str) -> None:
    """Remember the account for the next visit of this page, or forget it."""
    response.set_cookie(
        _REMEMBERED,
        account_id,
        max_age=_A_YEAR if account_id else 0,
        path=request.path,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


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
    typed = form.cleaned_data
    accounts = [
        account
        for account in root_accounts(typed["email"])
        if may_open(request, account.sandbox) and typed["account"] in {"", account.account_id}
    ]
    if len(accounts) > 1:
        form.add_error("account", "Several accounts use this email address. Enter the account ID.")
        return _root_page(request, form, ask_account=True)
    account = accounts[0] if accounts else None
    try:
        signed_in = _root_attempt(request, account, typed["email"], typed["password"])
    except PermissionError as error:
        form.add_error(None, str(error))
        return _root_page(request, form, ask_account=bool(typed["account"]))
    return go_on(request, signed_in)


def _root_attempt(
    request: HttpRequest, account: FoundAccount | None, email: str, password: str
) -> SignIn:
    def attempt() -> SignIn:
        if account is None:
            raise SignInRefused
        fence = fence_of(request, account.sandbox)
        return sign_in_root(account, password, visited(request).origin, fence)

    return throttled(request, (account.account_id if account else "", f"root/{email}"), attempt)


def _root_page(request: HttpRequest, form: RootSignInForm, *, ask_account: bool) -> HttpResponse:
    context = {"form": form, "ask_account": ask_account, "next": next_url(request)}
    return render(request, "signin/root.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def signout(request: HttpRequest) -> HttpResponse:
    """Sign out of the form's console; the others stay."""
    console = visited(request).console
    if console is None:
        return redirect("/")
    if request.method == "GET":
        return render(request, "signin/signout.html", {})
    if request.POST.get(IDENTITY_FIELD) not in console.identities:
        return other_identity(request, console)
    ConsoleStore(request.session).sign_out(console.console_id)
    note_sign_out(console.base, console.caller)
    return redirect(f"/signin?account={console.base.account_id}")
