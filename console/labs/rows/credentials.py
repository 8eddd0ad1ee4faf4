"""New secrets of a copy: passwords, access keys, MFA seeds, derived from the sandbox's salt.

So a copy that is started again has the secrets that were handed out.
"""

from collections.abc import Iterable, Mapping

from django.contrib.auth.hashers import make_password

from console.labs.rows.tables import Row, Tables
from console.labs.scenarios.passwords import derived_password, derived_seed, person_password_of
from iam.actions.mfa_codes import sealed_seed
from iam.models import AccessKey, Account, LoginProfile, MfaDevice, Sandbox, User
from iam.models.hashers import TOY
from iam.models.seals import derived_secret, seal, unseal
from sts.built_in.models import Person

_SEALED_FOR = "access-key"
_LENGTH = 40


def _hashed(password: str) -> str:
    return make_password(password, hasher=TOY)


def secret_of(key: Row) -> str:
    """Return the secret of an access key."""
    return unseal(_SEALED_FOR, key["sealed_secret"]).decode()


def sealed_secret(secret: str) -> str:
    """Return an access key's secret as its row has it."""
    return seal(_SEALED_FOR, secret.encode())


def new_key_secrets(keys: Iterable[Row], into: Sandbox) -> dict[str, str]:
    """Return what the secrets of access keys become; an object may hold one too."""
    return {
        secret_of(key): derived_secret(
            "copied-key", into.salt, key["access_key_id"], length=_LENGTH
        )
        for key in keys
    }


def _renew_devices(tables: Tables, into: Sandbox) -> None:
    """Give devices new seeds: an owner's first one has the seed that a scenario gives it."""
    accounts = {row["id"]: row["account_id"] for row in tables[Account]}
    names = {row["id"]: row["name"] for row in tables[User]}
    owners = set()
    for device in tables[MfaDevice]:
        owner = accounts[device["account_id"]], names.get(device["user_id"], "")
        first = device["enabled_at"] is not None and owner not in owners
        owners.add(owner)
        others = () if first else (device["path"], device["name"])
        device |= {
            "sealed_seed": sealed_seed(derived_seed(into, *owner, *others)),
            "last_step": 0,
            "drift": 0,
        }


def renew_credentials(tables: Tables, into: Sandbox, secrets: Mapping[str, str]) -> None:
    """Put new secrets into the rows of a copy, whose IDs are new already."""
    accounts = {row["id"]: row["account_id"] for row in tables[Account]}
    users = {row["id"]: row for row in tables[User]}
    for account in tables[Account]:
        if account["root_password"]:
            account["root_password"] = _hashed(derived_password(into, account["account_id"]))
    for profile in tables[LoginProfile]:
        user = users[profile["user_id"]]
        password = derived_password(into, accounts[user["account_id"]], user["name"])
        profile |= {"password": _hashed(password), "previous": []}
    for person in tables[Person]:
        person["password"] = _hashed(person_password_of(into, {"name": person["name"]}))
    for key in tables[AccessKey]:
        key["sealed_secret"] = sealed_secret(secrets[secret_of(key)])
    _renew_devices(tables, into)
