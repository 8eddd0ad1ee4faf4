"""The world that a visitor sees, in the accounts in which the browser has an identity."""

from collections import defaultdict

from django.http import HttpRequest
from django.urls import get_script_prefix

from console.pages.calls import call_as, may_call_as
from console.pages.iam.access_map.links import AccountLinks
from console.signin.console import console_of
from console.signin.open_identities import other_identities
from iam.analysis import World, seen_by


def seen_world(request: HttpRequest, *, everywhere: bool) -> tuple[World, AccountLinks]:
    """Return the world that the visitor sees, and where each account's pages are.

    Who can assume which role is asked of every account in which this browser has an identity
    that may see all of it.
    """
    caller = console_of(request).caller
    others = other_identities(request) if everywhere else []
    prefixes = {one.caller.account_id: one.prefix for one in others}
    links = AccountLinks({**prefixes, caller.account_id: get_script_prefix()})
    return seen_by(caller, *(one.caller for one in others)), links


def functions_by_role(request: HttpRequest) -> dict[str, list[str]]:
    """Return the ARNs of functions by the ARN of their role, in each account that is seen.

    Of an account whose functions its identity may not list there are none, and no denial.
    """
    found: dict[str, list[str]] = defaultdict(list)
    callers = [console_of(request).caller, *(one.caller for one in other_identities(request))]
    accounts = set()
    for caller in callers:
        if caller.account_id in accounts or not may_call_as(caller, "lambda:ListFunctions"):
            continue
        accounts.add(caller.account_id)
        for one in call_as(caller, "lambda:ListFunctions").rows("Functions"):
            found[one["Role"]].append(one["FunctionArn"])
    return found
