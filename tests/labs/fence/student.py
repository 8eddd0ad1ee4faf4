"""A student at work on a lab: with a browser, with AWS clients, and with all that could leak."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from console.labs.attempts import begin_attempt
from console.labs.catalog import all_labs
from console.labs.files import LabFile
from console.labs.models import Attempt, Solve
from console.labs.scenarios import handout
from console.labs.tracks import all_tracks
from console.labs.worlds import own_names
from iam.callers import Origin, Visit, root_user_caller
from iam.models import AccessKey, Account, Sandbox
from iam.models.seals import unseal
from iam.perform import perform
from tests.consoles import console_behind
from tests.endpoint.clients import Clients, Keys
from tests.pages.visitor import text_of

NEW_PASSWORD = "Inside-Made-9"


@dataclass
class Student:
    """Somebody with an attempt; what they should not have, a test takes from the database."""

    attempt: Attempt
    client: Client = field(default_factory=Client)
    clients: Clients = field(default_factory=Clients)

    @property
    def sandbox(self) -> Sandbox:
        return Sandbox.objects.get(pk=self.attempt.sandbox_id)

    @property
    def accounts(self) -> dict[str, str]:
        return own_names(self.sandbox)

    def solve(self, task: str) -> None:
        Solve.objects.create(attempt=self.attempt, task=task, points=1)

    def as_root(self, operation: str, account: str = "you", **params: Any) -> dict[str, Any]:
        """Perform an operation that the student has won the right to."""
        row = Account.in_sandbox(self.sandbox).get(start_name=account)
        origin = Origin(datetime.now(UTC))
        return perform(root_user_caller(row, self.sandbox, origin, Visit()), operation, params)

    def keys(self, who: str) -> Keys:
        """Return the key that the start gave to a user such as `you/dev`."""
        rows = AccessKey.in_sandbox(self.sandbox).filter(user__start_name=who)
        row: AccessKey = rows.order_by("pk")[0]
        return row.access_key_id, unseal("access-key", row.sealed_secret).decode(), None

    def password(self, who: str) -> str:
        """Return the password that the start gave to a user, or to `root:you`."""
        account, _, name = who.removeprefix("root:").partition("/")
        found = next(a for a in handout(self.sandbox) if a.account_id == self.accounts[account])
        if not name:
            return found.root_password
        return next(user.password for user in found.users if user.name == name)

    def enter(self, account: str, user: str = "") -> Any:
        fields = {"account": self.accounts[account], "user": user}
        return self.client.post("/signin/as", fields)

    def sign_in(self, account: str, user: str, password: str) -> Any:
        fields = {"account": self.accounts[account], "username": user, "password": password}
        return self.client.post("/signin", fields)

    def root_email(self, account: str) -> str:
        return str(Account.in_sandbox(self.sandbox).get(start_name=account).root_email)

    def sign_in_root(self, account: str, password: str) -> Any:
        email, account_id = self.root_email(account), self.accounts[account]
        fields = {"email": email, "account": account_id, "password": password}
        return self.client.post("/signin/root", fields)

    def signed_in(self) -> str:
        """Return the name of who is signed in, as the next page of the console sees it."""
        console = self.client.get("/switchrole").context
        return console["console"].base.name if console and console["console"] else ""

    def post(self, url: str, **fields: Any) -> Any:
        """Send a form as the identity that acts now."""
        return self.client.post(url, {"identity": console_behind(self.client).identity, **fields})

    def aws(self, service: str, keys: Keys) -> Any:
        return self.clients(service, keys)


def student_of(lab: LabFile | str, name: str = "alice", *, administrator: bool = False) -> Student:
    users = get_user_model().objects
    rights = {"is_superuser": administrator}
    users.get_or_create(username=name, defaults=rights)
    user = users.get(username=name)
    found = Student(begin_attempt(user, all_labs()[lab] if isinstance(lab, str) else lab))
    found.client.force_login(user)
    return found


def with_rules(monkeypatch: Any, lab: LabFile | str, **student: Any) -> None:
    """Let a lab have other rules for this test: tools, and `may_act_as`."""
    lab = all_labs()[lab] if isinstance(lab, str) else lab
    listed = student.pop("may_act_as", lab.student.may_act_as)
    tools = {tool: student.get(tool, when) for tool, when in lab.student.tools.items()}
    changed = replace(lab, student=replace(lab.student, tools=tools, may_act_as=listed))
    all_tracks()  # read with the labs as they are
    monkeypatch.setitem(all_labs(), lab.slug, changed)


def shown(response: Any) -> str:
    return text_of(response)
