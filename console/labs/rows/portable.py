"""A snapshot for another site: without what is sealed under this one's key, or would log in here.

Secrets of access keys that stand in objects and texts are others in it, each the same throughout.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate
from django.utils.crypto import get_random_string

from console.labs.rows.copies import as_in_copy, copy_world
from console.labs.rows.credentials import sealed_secret, secret_of
from console.labs.rows.renames import Renaming
from console.labs.rows.rewrites import Rewriting
from console.labs.rows.snapshots import Snapshot
from console.labs.rows.tables import Model, Row
from console.labs.scenarios.passwords import with_kept_secrets
from console.services.ec2.models import Instance
from iam.models import AccessKey, Account, LoginProfile, MfaDevice, SamlProvider, Sandbox
from sts.built_in.keys import KeyColumns
from sts.built_in.models import BuiltInKey, Person

_LENGTH = 40
_NO_HASH = "-"
"""In place of a hash: there is a password, and a copy gets another one."""


_TAKEN_OUT: Mapping[Model, Row] = {
    LoginProfile: {"password": _NO_HASH, "previous": []},
    Person: {"password": _NO_HASH},
    MfaDevice: {"sealed_seed": ""},
    BuiltInKey: {"sealed_key": ""},
    SamlProvider: {"private_keys": []},
    Instance: {"secret": ""},
}


def without_secrets(snapshot: Snapshot, sandbox: Sandbox) -> dict[str, Any]:
    """Return a sandbox's rows as data that any site can make a world of."""
    secrets = {secret_of(key): get_random_string(_LENGTH) for key in snapshot.tables[AccessKey]}
    renaming = Renaming("", literals=secrets, only_known=True)
    tables = Rewriting(sandbox, renaming, timedelta(), in_place=True).tables(snapshot)
    for key in tables[AccessKey]:
        key["sealed_secret"] = secrets[secret_of(key)]
    for account in tables[Account]:
        account["root_password"] = account["root_password"] and _NO_HASH
    for model, columns in _TAKEN_OUT.items():
        for row in tables[model]:
            row.update(columns)
    return replace(snapshot, salt="", scenario=_scenario(snapshot.scenario), tables=tables).plain()


def _scenario(scenario: str) -> str:
    """Return a scenario in which no secret is fixed."""
    if not scenario:
        return ""
    return json.dumps(with_kept_secrets(json.loads(scenario), trusted=False), ensure_ascii=False)


def _one_line(pem: str) -> str:
    """Return a certificate as SAML metadata has it."""
    return b64encode(load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER)).decode()


class PortableWorld:
    """A world that was exported: `fill` makes it anew, with other IDs and secrets.

    `values` are further texts with what they become. The identity provider gets `key`.
    """

    def __init__(self, data: dict[str, Any], values: dict[str, str], key: KeyColumns) -> None:
        self._snapshot = Snapshot.of_plain(data)
        self._key = key
        self._values = dict(values)
        for row in self._snapshot.tables[AccessKey]:
            row["sealed_secret"] = sealed_secret(row["sealed_secret"])
        for row in self._snapshot.tables[BuiltInKey]:
            self._values[_one_line(row["certificate"])] = _one_line(key["certificate"])

    def fill(self, sandbox: Sandbox) -> None:
        """Fill a new, empty sandbox."""
        copy_world(self._snapshot, sandbox, values=self._values)
        BuiltInKey.in_sandbox(sandbox).update(**self._key)

    def in_copy(self, data: Any, sandbox: Sandbox) -> Any:
        """Return what is known of the world, as data, as it is called in the sandbox now."""
        return as_in_copy(data, self._snapshot, sandbox, self._values)
