"""A kept scenario built into its sandbox, by the factories.

Importing this imports factory-boy: 0.3 s and 34 MB.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from console.labs.scenarios.account_settings import apply_settings
from console.labs.scenarios.errors import Fault, ScenarioError
from console.labs.scenarios.federation import (
    fill_identity_provider,
    make_oidc_provider,
    make_saml_provider,
)
from console.labs.scenarios.parts import document_text, given_to_factory, keep_unique_id
from console.labs.scenarios.passwords import (
    AUTO,
    ScenarioDevice,
    mfa_devices_of,
    opened,
    password_of,
    root_mfa_of,
    root_password_of,
)
from console.labs.scenarios.principals import bound_to_deleted, naming, without
from console.labs.scenarios.reader import Data, version_numbers
from console.labs.scenarios.roles import ScenarioRoles, with_roles_of_every_account
from console.services.awslambda.factories import LambdaFunctionFactory
from console.services.cloudtrail.factories import TrailFactory
from console.services.ec2.factories import InstanceFactory
from console.services.s3.factories import BucketFactory
from iam.arns import iam_arn
from iam.factories import (
    AccessKeyFactory,
    AccountFactory,
    ControlPolicyFactory,
    GroupFactory,
    InstanceProfileFactory,
    PolicyFactory,
    ServiceLinkedRoleFactory,
    UserFactory,
)
from iam.factories.credentials import assign_mfa_device
from iam.factories.requests import requested
from iam.models import Account, ControlPolicy, Directory, Document, Sandbox, User
from iam.queries import as_saved
from iam.wire.errors import AwsError
from iam.wire.tags import tag_list

ACCOUNT_FIELDS = ("alias", "root_email", "management", "organizational_unit")


@contextmanager
def _blaming(kind: str, name: str) -> Iterator[None]:
    """Turn AWS's refusal into a fault of the scenario that names the part."""
    try:
        yield
    except AwsError as error:
        fault = Fault(f"{kind} {name}: {error.code}: {error.message}")
        raise ScenarioError(fault) from error


class _ScenarioBuild:
    """A sandbox that is being filled; everything happens at one moment of the real clock."""

    def __init__(self, sandbox: Sandbox, data: Data, moment: datetime) -> None:
        self.sandbox = sandbox
        self.world = with_roles_of_every_account(data["world"])
        self.moment = moment
        self.accounts: dict[str, Account] = {}

    def build(self) -> None:
        """Make everything, in an order in which what is named exists."""
        for name, row in self.world["accounts"].items():
            self.accounts[name] = self._account(name, row)
        for row in self.world.get("control_policies", ()):
            with _blaming("control_policies", row["name"]):
                self._control_policy(row)
        roles = ScenarioRoles(self._role_arns(), self.moment)
        makers: Sequence[tuple[str, Callable[[Account, Data], None]]] = (
            ("policies", self._policy),
            ("groups", self._group),
            ("users", self._user),
            ("mfa_devices", self._spare_device),
            ("service_linked_roles", self._service_linked_role),
            ("roles", roles.make),
            ("roles", roles.finish),
            ("instance_profiles", self._instance_profile),
            ("instances", self._instance),
            ("functions", self._function),
            ("buckets", self._bucket),
            ("saml_providers", self._saml_provider),
            ("oidc_providers", self._oidc_provider),
            ("trails", self._trail),
        )
        for kind, make in makers:
            for row in self.world.get(kind, ()):
                name = row.get("name") or row.get("url") or row.get("service") or ""
                with _blaming(kind, str(name)):
                    make(self.accounts[row["account"]], row)
        self._memberships()
        for name, row in self.world["accounts"].items():
            with _blaming("accounts", name):
                apply_settings(self.accounts[name], row, self.moment)
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
        for key in row.get("root_access_keys", ()):
            self._access_key(account, None, key)
        if "root_mfa" in row:
            self._assign(account, None, root_mfa_of(self.sandbox, row))
        return account

    def _assign(self, account: Account, user: User | None, devices: list[ScenarioDevice]) -> None:
        for device in devices:
            assign_mfa_device(account, user, device.params, device.seed, self.moment)

    def _access_key(self, account: Account, user: User | None, key: Any) -> None:
        status = "Active" if key == AUTO else key.get("status", "Active")
        AccessKeyFactory.create(
            user=user,
            account=account,
            received_at=self.moment,
            fixed=_free_key(key),
            active=status == "Active",
        )

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
            numbers=version_numbers(versions) if any("number" in one for one in versions) else (),
            received_at=self.moment,
        )

    def _group(self, account: Account, row: Data) -> None:
        given = {key: value for key, value in given_to_factory(row).items() if key != "members"}
        GroupFactory.create(account=account, received_at=self.moment, **given)

    def _user(self, account: Account, row: Data) -> None:
        password = ""
        if "console_password" in row:
            password = password_of(
                self.sandbox, account.account_id, row["name"], row["console_password"]
            )
        given = given_to_factory(row)
        user = UserFactory.create(
            account=account, received_at=self.moment, password=password, **given
        )
        keep_unique_id(user, row)
        for key in row.get("access_keys", ()):
            self._access_key(account, user, key)
        if "mfa" in row:
            named = account.account_id, row["name"], row["mfa"]
            self._assign(account, user, mfa_devices_of(self.sandbox, *named))

    def _spare_device(self, account: Account, row: Data) -> None:
        params = {
            "VirtualMFADeviceName": row["name"],
            "Path": row.get("path", "/"),
            "Tags": tag_list(row.get("tags", {})),
        }
        requested(account, "iam:CreateVirtualMFADevice", params, self.moment)

    def _service_linked_role(self, account: Account, row: Data) -> None:
        ServiceLinkedRoleFactory.create(
            account=account, received_at=self.moment, **given_to_factory(row)
        )

    def _role_arns(self) -> list[str]:
        return [
            iam_arn(
                self.accounts[row["account"]].account_id, "role", row["name"], row.get("path", "/")
            )
            for row in self.world.get("roles", ())
        ]

    def _instance_profile(self, account: Account, row: Data) -> None:
        InstanceProfileFactory.create(
            account=account, received_at=self.moment, **given_to_factory(row)
        )

    def _instance(self, account: Account, row: Data) -> None:
        InstanceFactory.create(account=account, received_at=self.moment, **given_to_factory(row))

    def _function(self, account: Account, row: Data) -> None:
        LambdaFunctionFactory.create(
            account=account, received_at=self.moment, **given_to_factory(row)
        )

    def _bucket(self, account: Account, row: Data) -> None:
        text = document_text(row["policy"]) if row.get("policy") else ""
        gone = naming(text, row.get("deleted_principals", ()))
        given = {**given_to_factory(row), "policy": without(text, gone, account)}
        bucket = BucketFactory.create(account=account, received_at=self.moment, **given)
        if gone:
            bucket.policy = Document.of(self.sandbox, as_saved(text))
            bucket.policy_bound = bound_to_deleted(bucket.policy_bound, gone)
            bucket.save(update_fields=["policy", "policy_bound"])

    def _saml_provider(self, account: Account, row: Data) -> None:
        make_saml_provider(account, row, self.moment)

    def _oidc_provider(self, account: Account, row: Data) -> None:
        make_oidc_provider(account, row, self.moment)

    def _trail(self, account: Account, row: Data) -> None:
        TrailFactory.create(account=account, received_at=self.moment, **given_to_factory(row))

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
    if key == AUTO or "id" not in key or Directory.objects.filter(key=key["id"]).exists():
        return None
    return key["id"], opened(key["secret"])


def build(sandbox: Sandbox, data: Data, moment: datetime) -> None:
    """Fill an empty sandbox; raises ScenarioError for what AWS refuses."""
    _ScenarioBuild(sandbox, data, moment).build()
