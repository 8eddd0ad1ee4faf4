"""The cast of the S3 and CloudTrail tests: a sandbox with two accounts, callers made to measure."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model

from iam.callers import Caller, CallerKind, Origin, Visit
from iam.models import Account, Document, InlinePolicy, Sandbox, User
from iam.perform import perform
from iam.trail import end_visit

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
OWN, OTHER = "111111111111", "222222222222"


def statement(action: str | list[str], resource: str | list[str] = "*", **more: Any) -> str:
    """Return a policy of one statement that allows, unless `more` says otherwise."""
    one = {"Effect": "Allow", "Action": action, "Resource": resource, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [one]})


@dataclass
class Cast:
    """A sandbox and its accounts."""

    sandbox: Sandbox
    accounts: dict[str, Account]

    def caller(self, user: User, at: datetime = NOW) -> Caller:
        self.sandbox.refresh_from_db(fields=["stamp"])
        return Caller(
            kind=CallerKind.USER,
            sandbox=self.sandbox,
            account_id=user.account.account_id,
            arn=user.arn,
            principal_id=user.unique_id,
            name=user.name,
            origin=Origin(received_at=at),
            visit=Visit(),
            user_pk=user.pk,
            access_key_id="AKIAEXAMPLE000000000",
        )

    def user(self, name: str, *documents: str, account: str = OWN) -> Caller:
        """Return a new user's caller, with these inline policies."""
        user = User.add(self.sandbox, account=self.accounts[account], name=name, created_at=NOW)
        for number, text in enumerate(documents):
            document = Document.of(self.sandbox, text)
            InlinePolicy.add(self.sandbox, user=user, name=f"inline{number}", document=document)
        return self.caller(user)

    def root(self, account: str = OWN, at: datetime = NOW) -> Caller:
        return Caller(
            kind=CallerKind.ROOT,
            sandbox=self.sandbox,
            account_id=account,
            arn=self.accounts[account].root_arn,
            principal_id=account,
            name="root",
            origin=Origin(received_at=at),
            visit=Visit(),
        )

    def bucket(self, name: str, account: str = OWN, **objects: str) -> str:
        """Create a bucket with small objects, as its account's root; return its name."""
        root = self.root(account)
        perform(root, "s3:CreateBucket", {"Bucket": name})
        for key, text in objects.items():
            put = {"Bucket": name, "Key": key, "Body": text.encode()}
            perform(root, "s3:PutObject", put)
        end_visit(root.visit)
        return name


def make_cast(name: str = "play") -> Cast:
    owner, _ = get_user_model().objects.get_or_create(username="student")
    sandbox = Sandbox.objects.create(name=name, owner=owner)
    accounts = {
        account_id: Account.add(
            sandbox,
            account_id=account_id,
            name=f"account {account_id}",
            root_email=f"root-{account_id}@example.com",
            created_at=NOW - timedelta(days=1),
        )
        for account_id in (OWN, OTHER)
    }
    return Cast(sandbox, accounts)
