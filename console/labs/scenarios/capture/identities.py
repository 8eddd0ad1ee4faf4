"""Accounts, users, groups and roles of a captured world."""

from collections import defaultdict
from typing import Any

from console.labs.scenarios.capture.policies import HeldPolicies, PrincipalPolicies
from console.labs.scenarios.capture.world_rows import WorldRows, filled
from console.labs.scenarios.handout import kept_scenario
from console.labs.scenarios.passwords import AUTO, default_device_name
from console.labs.scenarios.reader import Data
from iam.actions.password_policy import COLUMNS
from iam.arns import SERVICE_LINKED_PATH
from iam.catalogue import OF_EVERY_ACCOUNT, service_linked_role
from iam.catalogue.regions import HOME_REGION
from iam.models import (
    AccessKey,
    Account,
    Group,
    GroupMembership,
    InstanceProfile,
    LoginProfile,
    MfaDevice,
    PasswordPolicy,
    Role,
)


class OwnedCredentials:
    """Passwords, keys and devices: that they are there, never what they are."""

    def __init__(self, world: WorldRows) -> None:
        self._keys: dict[tuple[int, int | None], list[Any]] = defaultdict(list)
        self._devices: dict[tuple[int, int | None], list[Any]] = defaultdict(list)
        self.spare: list[Data] = []
        for key in world.rows(AccessKey):
            status = AUTO if key.active else {"status": "Inactive"}
            self._keys[key.account_id, key.user_id].append(status)
        names = {user.pk: user.name for user in world.users}
        for device in world.rows(MfaDevice):
            if device.enabled_at is None:
                self.spare.append(world.entity(device, tags=device.tags))
                continue
            devices = self._devices[device.account_id, device.user_id]
            usual = default_device_name(names.get(device.user_id, ""), len(devices))
            path = device.path if device.path != "/" else ""
            name = device.name if device.name != usual else ""
            devices.append(filled(name=name, path=path, tags=device.tags) or AUTO)
        self._passwords = {row.user_id: row for row in world.rows(LoginProfile)}

    def keys(self, account: int, user: int | None = None) -> list[Any]:
        return self._keys[account, user]

    def devices(self, account: int, user: int | None = None) -> Any:
        """Return the assigned devices; one alone needs no list."""
        found = self._devices[account, user]
        return found[0] if len(found) == 1 else found

    def password(self, user: int) -> Data:
        row = self._passwords.get(user)
        reset = bool(row and row.password_reset_required)
        return filled(console_password=AUTO if row else "", password_reset=reset)


def _password_policy(policy: PasswordPolicy) -> Data:
    return filled(**{column: getattr(policy, column) for column in COLUMNS.values()})


def accounts_in(world: WorldRows, credentials: OwnedCredentials) -> Data:
    """Return the accounts with their settings, by the names of the file."""
    policies = {row.account_id: row for row in world.rows(PasswordPolicy)}
    found = {}
    for account in world.accounts:
        policy = policies.get(account.pk)
        found[world.names[account.pk]] = {
            **_account(account),
            **filled(
                root_access_keys=credentials.keys(account.pk),
                root_mfa=credentials.devices(account.pk),
                password_policy=_password_policy(policy) if policy else None,
            ),
        }
    return found


def _account(account: Account) -> Data:
    tokens = "v2" if account.global_token_version == 2 else ""
    return {
        **filled(alias=account.alias, name=account.name, root_email=account.root_email),
        **({} if account.root_password else {"root_password": None}),
        **filled(
            management=account.management,
            organizational_unit=account.organizational_unit,
            organization_features=account.organization_features,
            analyzers=[_analyzer(one) for one in account.analyzers],
            sts=filled(
                global_endpoint_tokens=tokens, inactive_regions=account.inactive_sts_regions
            ),
        ),
    }


def _analyzer(row: Data) -> Data:
    return {"name": row["name"]} | filled(
        type=row["type"] if row["type"] != "ACCOUNT" else "",
        region=row["region"] if row["region"] != HOME_REGION else "",
        tags=row["tags"],
    )


def _starting(world: WorldRows) -> set[tuple[str, str]]:
    """Return whom a student begins as, by account ID and name."""
    data = kept_scenario(world.sandbox)["world"]
    return {
        (data["accounts"][user["account"]]["id"], user["name"])
        for user in data.get("users", ())
        if user.get("start")
    }


def users_in(world: WorldRows, credentials: OwnedCredentials, held: HeldPolicies) -> list[Data]:
    groups, starting = defaultdict(list), _starting(world)
    for row in world.rows(GroupMembership, "group"):
        groups[row.user_id].append(row.group.name)
    return [
        world.entity(
            user,
            start=(user.account.account_id, user.name) in starting,
            **credentials.password(user.pk),
            groups=sorted(groups[user.pk]),
            **held.of(user),
            tags=user.tags,
            access_keys=credentials.keys(user.account_id, user.pk),
            mfa=credentials.devices(user.account_id, user.pk),
        )
        for user in world.users
    ]


def groups_in(world: WorldRows, held: HeldPolicies) -> list[Data]:
    return [world.entity(group, **held.of(group)) for group in world.rows(Group, "account")]


def _is_linked(role: Role) -> bool:
    return role.path.startswith(SERVICE_LINKED_PATH)


def roles_in(world: WorldRows, held: HeldPolicies, principals: PrincipalPolicies) -> list[Data]:
    """Return the roles that are no service's own."""
    found = []
    for role in world.roles:
        if _is_linked(role):
            continue
        trust, gone = principals.of(role.trust.text, role.trust_bound)
        seconds = role.max_session_duration
        found.append(
            world.entity(
                role,
                description=role.description,
                max_session=seconds if seconds != 3600 else 0,
                trust=trust,
                deleted_principals=gone,
                **held.of(role),
                tags=role.tags,
            )
        )
    return found


def service_linked_roles_in(world: WorldRows) -> list[Data]:
    """Return the roles that services have for themselves, but for those of every account."""
    found = []
    for role in filter(_is_linked, world.roles):
        service = role.path.removeprefix(SERVICE_LINKED_PATH).strip("/")
        template = service_linked_role(service)
        usual = template.role_name if template else role.name
        changed = template is not None and role.description != template.description
        suffix = role.name.removeprefix(usual).removeprefix("_")
        parts = filled(service=service, suffix=suffix)
        if changed:  # without one, the service's own is meant
            parts["description"] = role.description
        elif service in OF_EVERY_ACCOUNT:
            continue
        found.append({"account": world.names[role.account_id], **parts})
    return found


def instance_profiles_in(world: WorldRows) -> list[Data]:
    return [
        world.entity(profile, role=profile.role.name if profile.role else "", tags=profile.tags)
        for profile in world.rows(InstanceProfile, "role")
    ]
