"""All sandboxes that somebody works in, with what to sign in with as far as rules allow it."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from console.labs.attempts import own_attempts
from console.labs.models import Attempt
from console.labs.open_sandboxes import run_by
from console.labs.rows import remove
from console.labs.rules import rules_of
from console.labs.scenarios import start_passwords
from console.labs.scenarios.handout import handout, kept_scenario
from console.labs.scenarios.models import Scenario
from console.labs.scenarios.shelf import sandbox_from
from iam.models import Sandbox

MOST_OWN = 12
"""As many sandboxes of no lab does a page show."""


class SandboxRefused(ValueError):
    """What is not done to a sandbox; the message is a sentence."""


@dataclass(frozen=True)
class Identity:
    """Somebody to sign in as; root has no `user`, and people of the provider no `account_id`."""

    account_id: str
    user: str
    password: str


def sandboxes_of(user: User) -> QuerySet[Sandbox]:
    """Return the sandboxes that somebody runs, and those of attempts that they work on."""
    of_labs = own_attempts(user).order_by().values("sandbox")
    by_themselves = run_by(user).filter(attempt=None, world_copy=None).order_by().values("pk")
    return Sandbox.objects.filter(Q(pk__in=of_labs) | Q(pk__in=by_themselves))


def add_sandbox(scenario: Scenario, owner: User, name: str = "") -> Sandbox:
    """Make a sandbox of somebody's from a scenario; raises SandboxRefused, ScenarioError."""
    if run_by(owner).filter(attempt=None, owner=owner).count() >= MOST_OWN:
        message = f"You have {MOST_OWN} sandboxes beside those of labs. Delete one first."
        raise SandboxRefused(message)
    return sandbox_from(scenario, owner, name)


def delete_sandbox(sandbox: Sandbox, user: User) -> None:
    """Delete a sandbox that somebody made; raises SandboxRefused for any other."""
    if Attempt.objects.filter(sandbox=sandbox).exists():
        raise SandboxRefused("This is a lab's world: it goes with the work, at /labs/me/delete.")
    if sandbox.owner_id != user.pk:
        raise SandboxRefused("This sandbox is shared: an administrator deletes it.")
    remove(sandbox)


def identities_of(sandbox: Sandbox, attempt: Attempt | None) -> list[Identity]:
    """Return whom to sign in as with a password of the start: in a lab, whom its rules allow."""
    if attempt is not None:
        return _in_lab(sandbox)
    found = []
    for account in handout(sandbox):
        found += [Identity(account.account_id, one.name, one.password) for one in account.users]
        if account.root_password:
            found.append(Identity(account.account_id, "", account.root_password))
    return found


def _in_lab(sandbox: Sandbox) -> list[Identity]:
    known = start_passwords(sandbox)
    accounts = kept_scenario(sandbox)["world"]["accounts"]
    found = []
    for principal, ruling in rules_of(sandbox).principals.items():
        kind, _, name = principal.partition(":")
        account, _, user = principal.partition("/")
        key = accounts.get(account, {}).get("id", "")
        who = ("", name) if kind == "person" else (str(key), user)
        if ruling and who in known:
            found.append(Identity(*who, known[who]))
    return found
