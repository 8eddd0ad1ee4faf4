"""A small world for tests: a sandbox, its accounts, and callers that reach into it."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model

from iam.callers import Caller, CallerKind, Origin, PrincipalBehind, Visit
from iam.models import Account, Directory, Event, Sandbox
from iam.models.organizations import found_organization
from iam.perform import perform
from iam.queries import find_role, find_user
from iam.trail import end_visit

NOON = datetime(2026, 5, 28, 12, 0, tzinfo=UTC)
ACCOUNT_ID = "975050059573"


def document(*statements: dict[str, Any], version: str = "2012-10-17") -> str:
    return json.dumps({"Version": version, "Statement": list(statements)})


def allow(*actions: str, resource: str = "*", **others: Any) -> str:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": resource, **others}
    return document(statement)


def trust(*principals: str, effect: str = "Allow") -> str:
    """Return a trust policy for AWS principals."""
    statement = {
        "Effect": effect,
        "Principal": {"AWS": list(principals)},
        "Action": "sts:AssumeRole",
    }
    return document(statement)


@dataclass
class World:
    """A sandbox with one account, and more on demand."""

    sandbox: Sandbox
    account: Account
    origin: Origin = field(default_factory=lambda: Origin(NOON, "203.0.113.7", "pytest"))

    @property
    def account_id(self) -> str:
        return self.account.account_id

    def add_account(self, account_id: str, name: str = "second") -> Account:
        return add_account(self.sandbox, account_id, name)

    def organize(self) -> None:
        found_organization(self.account)
        self.sandbox.refresh_from_db()

    def root(self, account: Account | None = None) -> Caller:
        """Return the root user of an account, on a visit of its own."""
        account = account or self.account
        self.sandbox.refresh_from_db(fields=["stamp"])
        return Caller(
            kind=CallerKind.ROOT,
            sandbox=self.sandbox,
            account_id=account.account_id,
            arn=account.root_arn,
            principal_id=account.account_id,
            name="root",
            origin=self.origin,
            visit=Visit(),
        )

    def user(self, name: str, account: Account | None = None) -> Caller:
        """Return an existing user as a caller, on a visit of its own."""
        account_id = (account or self.account).account_id
        self.sandbox.refresh_from_db(fields=["stamp"])
        user = find_user(self.sandbox, account_id, name)
        assert user is not None
        return Caller(
            kind=CallerKind.USER,
            sandbox=self.sandbox,
            account_id=account_id,
            arn=user.arn,
            principal_id=user.unique_id,
            name=user.name,
            origin=self.origin,
            visit=Visit(),
            user_pk=user.pk,
            tags=user.tags,
        )

    def session(self, role_name: str, session_name: str = "session") -> Caller:
        """Return a session of an existing role of the first account, on a visit of its own."""
        self.sandbox.refresh_from_db(fields=["stamp"])
        role = find_role(self.sandbox, self.account_id, role_name)
        assert role is not None
        arn = f"arn:aws:sts::{self.account_id}:assumed-role/{role_name}/{session_name}"
        return Caller(
            kind=CallerKind.ROLE,
            sandbox=self.sandbox,
            account_id=self.account_id,
            arn=arn,
            principal_id=f"{role.unique_id}:{session_name}",
            name=session_name,
            origin=self.origin,
            visit=Visit(),
            role=PrincipalBehind(role.pk, role.name, role.arn, role.unique_id),
            issued_at=NOON,
        )

    def do(self, operation: str, **params: Any) -> dict[str, Any]:
        """Perform an IAM operation as the first account's root user."""
        return perform(self.root(), f"iam:{operation}", params)

    def other(self, account: Account, operation: str, **params: Any) -> dict[str, Any]:
        """Perform an IAM operation as another account's root user."""
        return perform(self.root(account), f"iam:{operation}", params)

    def add_user(self, name: str, policy: str = "") -> Caller:
        """Create a user, with an inline policy if one is given, and return it as a caller."""
        self.do("CreateUser", UserName=name)
        if policy:
            self.do("PutUserPolicy", UserName=name, PolicyName="given", PolicyDocument=policy)
        return self.user(name)

    def add_role(self, name: str, trusted: str = "") -> str:
        """Create a role that its own account, or the given principal, may assume."""
        text = trust(trusted or self.account_id)
        made = self.do("CreateRole", RoleName=name, AssumeRolePolicyDocument=text)
        arn: str = made["Role"]["Arn"]
        return arn

    def events(self, caller: Caller | None = None) -> list[Event]:
        """Return the sandbox's events, the newest first, after writing a caller's pending ones."""
        if caller is not None:
            end_visit(caller.visit)
        return list(Event.in_sandbox(self.sandbox))


def add_account(sandbox: Sandbox, account_id: str, name: str) -> Account:
    """Add an account to a sandbox, and to the directory if its ID is free there."""
    Directory.objects.get_or_create(key=account_id, defaults={"sandbox": sandbox})
    account: Account = Account.add(
        sandbox,
        account_id=account_id,
        name=name,
        root_email=f"{name}@example.com",
        created_at=NOON,
    )
    return account


def make_world(owner: str = "alice", account_id: str = ACCOUNT_ID) -> World:
    """Return a new sandbox of a site user, with one account."""
    site_user, _ = get_user_model().objects.get_or_create(username=owner)
    sandbox = Sandbox.objects.create(name=f"{owner}'s sandbox", owner=site_user)
    return World(sandbox, add_account(sandbox, account_id, "main"))
