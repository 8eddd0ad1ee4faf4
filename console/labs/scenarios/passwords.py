"""Secrets of a scenario: passwords derived anew at every reset, fixed ones kept sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.labs.scenarios.reader import Data
from iam.models import Sandbox
from iam.models.seals import derived_secret, seal, unseal
from iam.policy_documents import as_list
from iam.wire.tags import tag_list

AUTO = "auto"
_PURPOSE = "scenario"
_ROOT = ""  # no IAM user can be called so
_AT_PROVIDER = "identity-provider"
_ROOT_DEVICE = "root-account-mfa-device"
_SEED_LENGTH = 64
_GROUPS = 3
_UPPER = "ABCDEFGHJKMNPQRSTUVWXYZ"
_LOWER = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def derived_password(sandbox: Sandbox, account_id: str, user_name: str = _ROOT) -> str:
    """Return the password handed out for a user, or for root: such as `Xk4m-Qt7p-Rb2n`.

    It has what AWS's default password policy asks for and no characters that look alike.
    """
    secret = derived_secret("password", sandbox.salt, account_id, user_name, length=8 * _GROUPS)
    numbers = [_BASE32.index(pair[0]) * 32 + _BASE32.index(pair[1]) for pair in _pairs(secret)]
    groups = []
    for start in range(0, len(numbers), 4):
        kinds = zip(numbers[start : start + 4], (_UPPER, _LOWER, _DIGITS, _LOWER), strict=True)
        groups.append("".join(alphabet[number % len(alphabet)] for number, alphabet in kinds))
    return "-".join(groups)


def _pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(0, len(text), 2)]


def password_of(sandbox: Sandbox, account_id: str, user_name: str, kept: str) -> str:
    """Return the password that a kept scenario gives: the fixed one, or the derived one."""
    if kept == AUTO:
        return derived_password(sandbox, account_id, user_name)
    return opened(kept)


def root_password_of(sandbox: Sandbox, account: Data) -> str:
    """Return the root user's password; empty for an account whose root user has none."""
    kept = account.get("root_password", AUTO)
    return password_of(sandbox, account["id"], _ROOT, kept) if kept else ""


def derived_seed(sandbox: Sandbox, account_id: str, user_name: str, *others: str) -> str:
    """Return the base32 seed of a user's first MFA device, or of another that is named too."""
    parts = sandbox.salt, account_id, user_name, *others
    return derived_secret("mfa", *parts, length=_SEED_LENGTH)


@dataclass(frozen=True)
class ScenarioDevice:
    """A virtual MFA device that a scenario assigns, with its base32 seed."""

    name: str
    path: str
    tags: Mapping[str, str]
    seed: str

    @property
    def params(self) -> dict[str, Any]:
        """Return what CreateVirtualMFADevice is called with."""
        tags = tag_list(self.tags)
        return {"VirtualMFADeviceName": self.name, "Path": self.path, "Tags": tags}


def default_device_name(user_name: str, place: int) -> str:
    """Return what the device in a place, from 0, of a user or of root is called."""
    return f"{user_name or _ROOT_DEVICE}{f'-{place + 1}' if place else ''}"


def _device(sandbox: Sandbox, owner: tuple[str, str], kept: Any, place: int) -> ScenarioDevice:
    given = {} if kept == AUTO else kept
    name = given.get("name") or default_device_name(owner[1], place)
    path, sealed = given.get("path", "/"), given.get("seed", AUTO)
    others = (path, name) if place else ()
    seed = derived_seed(sandbox, *owner, *others) if sealed == AUTO else opened(sealed)
    return ScenarioDevice(name, path, given.get("tags", {}), seed)


def mfa_devices_of(
    sandbox: Sandbox, account_id: str, user_name: str, kept: Any
) -> list[ScenarioDevice]:
    """Return a user's MFA devices, or without a name root's."""
    owner = account_id, user_name
    return [_device(sandbox, owner, one, place) for place, one in enumerate(as_list(kept))]


def root_mfa_of(sandbox: Sandbox, account: Data) -> list[ScenarioDevice]:
    """Return the root user's MFA devices."""
    return mfa_devices_of(sandbox, account["id"], _ROOT, account["root_mfa"])


def person_password_of(sandbox: Sandbox, person: Data) -> str:
    """Return the password of somebody at the sandbox's identity provider."""
    return password_of(sandbox, _AT_PROVIDER, person["name"], person.get("password", AUTO))


def opened(sealed: str) -> str:
    return unseal(_PURPOSE, sealed).decode()


def _kept(secret: str, *, trusted: bool) -> str:
    return seal(_PURPOSE, secret.encode()) if trusted and secret != AUTO else AUTO


def _kept_key(key: Any, *, trusted: bool) -> Any:
    if key == AUTO:
        return AUTO
    kept = {"status": key["status"]} if "status" in key else {}
    if trusted and "id" in key:
        kept |= {"id": key["id"], "secret": _kept(key["secret"], trusted=True)}
    return kept or AUTO


def _kept_mfa(devices: Any, *, trusted: bool) -> Any:
    if isinstance(devices, list):
        return [_kept_mfa(one, trusted=trusted) for one in devices]
    if devices == AUTO:
        return AUTO
    return {**devices, "seed": _kept(devices.get("seed", AUTO), trusted=trusted)}


def _kept_account(account: Data, *, trusted: bool) -> Data:
    password = account.get("root_password", AUTO)
    kept = {**account, "root_password": password and _kept(password, trusted=trusted)}
    if "root_mfa" in account:
        kept["root_mfa"] = _kept_mfa(account["root_mfa"], trusted=trusted)
    if "root_access_keys" in account:
        keys = account["root_access_keys"]
        kept["root_access_keys"] = [_kept_key(key, trusted=trusted) for key in keys]
    return kept


def _kept_provider(provider: Data, *, trusted: bool) -> Data:
    people = [
        {**person, "password": _kept(person.get("password", AUTO), trusted=trusted)}
        for person in provider.get("people", ())
    ]
    return {**provider, "people": people}


def with_kept_secrets(data: Data, *, trusted: bool) -> Data:
    """Return the scenario with fixed secrets sealed, or made random where not trusted."""
    world = data["world"]
    accounts = {
        name: _kept_account(account, trusted=trusted) for name, account in world["accounts"].items()
    }
    users = []
    for user in world.get("users", ()):
        one = dict(user)
        if "console_password" in user:
            one["console_password"] = _kept(user["console_password"], trusted=trusted)
        if "access_keys" in user:
            one["access_keys"] = [_kept_key(k, trusted=trusted) for k in user["access_keys"]]
        if "mfa" in user:
            one["mfa"] = _kept_mfa(user["mfa"], trusted=trusted)
        users.append(one)
    kept = {**world, "accounts": accounts, "users": users}
    if "identity_provider" in world:
        kept["identity_provider"] = _kept_provider(world["identity_provider"], trusted=trusted)
    return {**data, "world": kept}
