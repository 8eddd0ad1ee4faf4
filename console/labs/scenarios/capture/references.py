"""IDs of a captured world, replaced by the names that a scenario has for them."""

import json
import re
from collections.abc import Mapping
from typing import Any

from console.labs.scenarios.account_ids import (
    ISSUER,
    ORGANIZATION,
    ORGANIZATION_ROOT,
    UNIQUE_IDS,
    UNIT,
    everywhere,
    organization_names,
)
from console.labs.scenarios.capture.world_rows import WorldRows
from console.labs.scenarios.reader import Data
from sts.built_in import name_of

# What must stay short or of a pattern keeps its IDs: a scenario replaces those of its accounts.
_AS_THEY_ARE = frozenset({"alias", "name", "bucket", "suffix", "email"})
_RESERVED = re.compile(
    rf"(?<!\$)\{{(?:{ISSUER}|{ORGANIZATION}|{ORGANIZATION_ROOT}|{UNIT}|"
    rf"{'|'.join(prefix for prefix, _ in UNIQUE_IDS.values())})"
)


def names_of(world: WorldRows) -> dict[str, str]:
    """Return the name of each ID, longest first."""
    own = world.sandbox.organization_id
    units = [account.organizational_unit for account in world.accounts]
    found = {name_of(world.sandbox).host: ISSUER}
    if own:
        found |= {value: name for name, value in organization_names(own, units).items()}
    found |= {one.account_id: world.names[one.pk] for one in world.accounts}
    for kind, rows in (("users", world.users), ("roles", world.roles)):
        prefix, _ = UNIQUE_IDS[kind]
        found |= {
            one.unique_id: f"{prefix}{world.names[one.account_id]}/{one.name}" for one in rows
        }
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


class References:
    """Puts names in braces in place of IDs."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._pattern = re.compile(
            rf"(?<![0-9A-Za-z$])(?:{'|'.join(map(re.escape, names))})(?![0-9A-Za-z])"
        )

    def text(self, text: str) -> str:
        return self._pattern.sub(lambda found: self._reference(found[0]), text)

    def _reference(self, value: str) -> str:
        # A user's name may have an account ID in it.
        return f"{{{self.text(self._names[value])}}}"

    def of(self, value: Any) -> Any:
        """Return a part of a scenario with references."""
        if isinstance(value, list):
            return [self.of(one) for one in value]
        if not isinstance(value, dict):
            return everywhere(value, self.text)
        return {
            self.text(key): one if key in _AS_THEY_ARE and isinstance(one, str) else self.of(one)
            for key, one in value.items()
        }


def _dashed(account_id: str) -> str:
    return f"{account_id[:4]}-{account_id[4:8]}-{account_id[8:]}"


def with_references(world: WorldRows, data: Data) -> Data:
    """Return a captured world with references; accounts keep an ID that no name could replace."""
    replaced: Data = References(names_of(world)).of(data)
    text = json.dumps(replaced, ensure_ascii=False)
    for account in world.accounts:
        forms = f"{account.account_id}|{_dashed(account.account_id)}"
        if re.search(rf"(?<!\d)(?:{forms})(?!\d)", text):
            name = world.names[account.pk]
            with_id = {"id": account.account_id, **replaced["accounts"][name]}
            replaced["accounts"][name] = with_id
    return replaced


def has_names_in_braces(data: Data) -> bool:
    """Return whether a text has by itself what a scenario fills in."""
    return bool(_RESERVED.search(json.dumps(data, ensure_ascii=False)))
