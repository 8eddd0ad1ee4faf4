"""*Account settings*."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.iam.account_settings.password_policy import password_policy_section
from console.pages.iam.account_settings.sts import sts_section
from console.pages.iam.navigation import iam_frame
from console.signin.guard import console_page


@console_page
def account_settings(request: HttpRequest) -> HttpResponse:
    """Show the settings of the account, each section with its own denial."""
    frame = iam_frame(request, "account_settings", [("Account settings", "")])
    context = {**frame, **password_policy_section(request), **sts_section(request)}
    return render(request, "iam/account_settings/page.html", context)
