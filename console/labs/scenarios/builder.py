"""A kept scenario built into its sandbox, by the factories.

Importing this imports factory-boy: 0.3 s and 34 MB.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from console.labs.scenarios.errors import Fault, ScenarioError
from console.labs.scenarios.federation import (
    fill_identity_provider,
    make_oidc_provider,
    make_saml_provider,
)
from console.labs.scenarios.passwords import (
    AUTO,
    mfa_device_of,
    opened,
    password_of,
    root_mfa_of,
    root_password_of,
)
from console.labs.scenarios.reader import Data
from console.services.ec2.factories import InstanceFactory
from console.services.s3.factories import BucketFactory
from iam.arns import policy_arn
from iam.factories import (
    AccessKeyFactory,
    AccountFactory,
    ControlPolicyFactory,
    GroupFactory,
    InstanceProfileFactory,
    PolicyFactory,
    RoleFactory,
    UserFactory,
)
from iam.factories.credentials import assign_mfa_device
from iam.factories.requests import requested
from iam.models import Account, ControlPolicy, Directory, Sandbox
from iam.wire.errors import AwsError

ACCOUNT_FIELDS = ("alias", "root_email", "management", "organizational_unit")
_NOT_OF_A_FACTORY = {"account", "start", "console_password", "access_keys", "mfa"}


def document_text(document: Any) -> str:
    """Return a policy document as text: a string as typed, YAML as JSON."""
    return document if isinstance(document, str) else json.dumps(document, indent=2)


def _managed_arn(account_id_and_name: str) -> str:
    """Return an ARN for `123456789012/path/Name`; ARNs stay."""
    if account_id_and_name.startswith("arn:"):
        return account_id_and_name
    account_id, _, name = account_id_and_name.partition("/")
    return policy_arn(account_id, name)


@contextmanager
def _blaming(kind: str, name: str) -> Iterator[None]:
    """Turn AWS's refusal into a fault of the scenario that names the part."""
    try:
        yield
    except AwsError as error:
        fault = Fault(f"{kind} {name}: {error.code}: {error.message}")
        raise ScenarioError(fault) from error


def _given(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a factory takes of a user, group or role of the file."""
    given = {key: value for key, value in row.items() if key not in _NOT_OF_A_FACTORY}
    if "managed" in row:
        given["managed"] = [_managed_arn(arn) for arn in row["managed"]]
    if "boundary" in row:
        given["boundary"] = _managed_arn(row["boundary"])
    if "inline" in row:
        given["inline"] = {name: document_text(text) for name, text in row["inline"].items()}
    if "trust" in row:
        given["trust"] = document_text(row["trust"])
    return given


class _ScenarioBuild:
    """A sandbox that is being filled; everything happens at one moment of the real clock."""

    def __init__(self, sandbox: Sandbox, data: Data, moment: datetime) -> None:
        self.sandbox = sandbox
        self.world = data["world"]
        self.moment = moment
        self.accounts: dict[str, Account] = {}

    def build(self) -> None:
        """Make everything, in an order in which what is named exists."""
        for name, row in self.world["accounts"].items():
            self.accounts[name] = self._account(name, row)
        for row in self.world.get("control_policies", ()):
            with _blaming("control_policies", row["name"]):
                self._control_policy(row)
        makers: Sequence[tuple[str, Callable[[Account, Data], None]]] = (
            ("policies", self._policy),
            ("groups", self._group),
            ("users", self._user),
            ("roles", self._role),
            ("instance_profiles", self._instance_profile),
            ("instances", self._instance),
            ("buckets", self._bucket),
            ("saml_providers", self._saml_provider),
            ("oidc_providers", self._oidc_provider),
        )
        for kind, make in makers:
            for row in self.world.get(kind, ()):
                with _blaming(kind, row.get("name") or row.get("url", "")):
                    make(self.accounts[row["account"]], row)
        self._memberships()
        fill_identity_provider(self.sandbox, self.world.get("identity_provider", {}))

    def _account(self, name: str, row: Data) -> Account:
        given = {key: row[key] for key in ACCOUNT_FIELDS if key in row}
        account: Account = AccountFactory.create(
            sandbox=self.sandbox,
            account_id=row["id"],
            name=row.get("name", name),
            start_name=name,
            root_password=root_password_of(self.sandbox, row),
            created_at=self.sandbox.time_at(self.moment),
            **given,
        )
        if "root_mfa" in row:
            assign_mfa_device(account, None, *root_mfa_of(self.sandbox, row), self.moment)
        return account

    def _control_policy(self, row: Data) -> None:
        ids = {f"account:{name}": one.account_id for name, one in self.accounts.items()}
        ControlPolicyFactory.create(
            sandbox=self.sandbox,
            type=ControlPolicy.Type[row["type"]],
            name=row["name"],
            document=document_text(row["document"]),
            targets=[ids.get(target, target) for target in row["targets"]],
            replaces_full_access=row.get("replaces_full_access", False),
        )

    def _policy(self, account: Account, row: Data) -> None:
        versions = row["versions"]
        chosen = [n for n, version in enumerate(versions, start=1) if version.get("default")]
        PolicyFactory.create(
            account=account,
            name=row["name"],
            path=row.get("path", "/"),
            description=row.get("description", ""),
            tags=row.get("tags", {}),
            documents=[document_text(version["document"]) for version in versions],
            default=chosen[0] if chosen else 1,
            received_at=self.moment,
        )

    def _group(self, account: Account, row: Data) -> None:
        given = {key: value for key, value in _given(row).items() if key != "members"}
        GroupFactory.create(account=account, received_at=self.moment, **given)

    def _user(self, account: Account, row: Data) -> None:
        password = ""
        if "console_password" in row:
            password = password_of(
                self.sandbox, account.account_id, row["name"], row["console_password"]
            )
        given = _given(row)
        user = UserFactory.create(
            account=account, received_at=self.moment, password=password, **given
        )
        for key in row.get("access_keys", ()):
            AccessKeyFactory.create(user=user, received_at=self.moment, fixed=_free_key(key))
        if "mfa" in row:
            named = account.account_id, row["name"], row["mfa"]
            assign_mfa_device(account, user, *mfa_device_of(self.sandbox, *named), self.moment)

    def _role(self, account: Account, row: Data) -> None:
        RoleFactory.create(account=account, received_at=self.moment, **_given(row))

    def _instance_profile(self, account: Account, row: Data) -> None:
        InstanceProfileFactory.create(account=account, received_at=self.moment, **_given(row))

    def _instance(self, account: Account, row: Data) -> None:
        InstanceFactory.create(account=account, received_at=self.moment, **_given(row))

    def _bucket(self, account: Account, row: Data) -> None:
        policy = row.get("policy")
        BucketFactory.create(
            account=account,
            name=row["name"],
            objects=row.get("objects", {}),
            policy=document_text(policy) if policy else "",
            received_at=self.moment,
        )

    def _saml_provider(self, account: Account, row: Data) -> None:
        make_saml_provider(account, row, self.moment)

    def _oidc_provider(self, account: Account, row: Data) -> None:
        make_oidc_provider(account, row, self.moment)

    def _memberships(self) -> None:
        """Put the groups' members in, which exist only now."""
        for row in self.world.get("groups", ()):
            with _blaming("groups", row["name"]):
                for member in row.get("members", ()):
                    params = {"GroupName": row["name"], "UserName": member}
                    requested(
                        self.accounts[row["account"]], "iam:AddUserToGroup", params, self.moment
                    )


def _free_key(key: Any) -> tuple[str, str] | None:
    """Return a fixed access key, unless another sandbox has its ID."""
    if key == AUTO or Directory.objects.filter(key=key["id"]).exists():
        return None
    return key["id"], opened(key["secret"])


def build(sandbox: Sandbox, data: Data, moment: datetime) -> None:
    """Fill an empty sandbox; raises ScenarioError for what AWS refuses."""
    _ScenarioBuild(sandbox, data, moment).build()
