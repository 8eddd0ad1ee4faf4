"""Whom a student may act as by one click, now and later."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from console.labs.files import principal_name
from console.labs.models import Attempt
from console.labs.rules import LabRules
from sts.built_in import name_of


@dataclass(frozen=True)
class EntryView:
    """A principal of the lab's world: what the click sends where, or `later` when it may.

    `account` is what it is called where the world has several.
    """

    label: str
    account: str
    note: str
    url: str
    fields: Mapping[str, str]
    starts: bool
    later: str

    @property
    def who(self) -> tuple[str, str]:
        """Return the account ID and the user's name; for a person no account, for root no name."""
        fields = self.fields
        return fields.get("account", ""), fields.get("user", fields.get("name", ""))


def _click(attempt: Attempt, principal: str, ids: Mapping[str, str]) -> tuple[str, str, str]:
    """Return a principal's label, its account, and the address that the click goes to."""
    kind, _, name = principal.partition(":")
    if kind == "person":
        return name, "", reverse("idp_enter", args=[name_of(attempt.sandbox).slug])
    account, _, user = (name, "", "") if kind == "root" else principal.partition("/")
    return user or "root", account if account in ids else "", reverse("enter_as")


def _note(account: str, *, starts: bool) -> str:
    """Return who it is for the student."""
    who = "You begin here" if starts else "You may act as this one, too"
    return who if account else f"{who}, at the identity provider"


def called_account(name: str) -> str:
    """Return what an account of a lab is called in a sentence: the student's own is `you`."""
    return "your account" if name == "you" else name


def entry_views(attempt: Attempt, rules: LabRules, ids: Mapping[str, str]) -> list[EntryView]:
    """Return whom the student may sign in as, who begins first; `ids` are the accounts'."""
    first = principal_name(rules.lab.student.starts) if rules.lab else ""
    if first in rules.principals and not rules.principals[first]:  # it comes after a task
        first = next((one for one, ruling in rules.principals.items() if ruling), first)
    found = []
    for principal, ruling in rules.principals.items():
        label, account, url = _click(attempt, principal, ids)
        user = "" if principal.startswith("root:") else label
        fields = {"account": ids[account], "user": user} if account else {"name": label}
        later = "" if ruling else ruling.sentence
        starts = principal == first
        note = _note(account, starts=starts)
        where = called_account(account) if account and len(ids) > 1 else ""
        found.append(EntryView(label, where, note, url, fields, starts, later))
    return found
