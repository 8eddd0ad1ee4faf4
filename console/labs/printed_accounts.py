"""Account IDs as a lab's file and its course print them, where the world has others.

An account keeps the ID of the file only where that is free on the site, so most students have
another one than the notes print.
"""

import re

from console.labs.lab_versions import lab_of
from console.labs.worlds import own_names
from iam.models import Sandbox

_IDS = re.compile(r"(?<![0-9])[0-9]{4}-?[0-9]{4}-?[0-9]{4}(?![0-9])")
_ROOT = "root account id"
"""What the notes print in the place of an ID, on *Switch Role*."""


def _ids_of_world(sandbox: Sandbox) -> dict[str, str]:
    """Return the world's IDs by the printed ones, the first account's first; two queries."""
    attempt = getattr(sandbox, "attempt", None)
    lab = lab_of(attempt) if attempt else None
    if lab is None:
        return {}
    ours = own_names(sandbox)
    return {
        str(account["id"]): ours[name]
        for name, account in lab.world["accounts"].items()
        if (account or {}).get("id")
    }


def account_meant(sandbox: Sandbox, typed: str) -> str:
    """Return the ID in this world that a typed one of the notes stands for; empty if none does."""
    plain = typed.strip().replace("-", "")
    is_root = plain.lower() == _ROOT
    if not is_root and not _IDS.fullmatch(plain):
        return ""
    ids = _ids_of_world(sandbox)
    meant = next(iter(ids.values()), "") if is_root else ids.get(plain, "")
    return meant if meant != plain else ""


def text_meant(sandbox: Sandbox, text: str) -> tuple[str, list[str]]:
    """Return a text with this world's IDs for the printed ones, and the IDs that were put in."""
    if not _IDS.search(text):
        return text, []
    ids = _ids_of_world(sandbox)
    meant = {found: ids[found] for found in _IDS.findall(text) if ids.get(found, found) != found}
    return _IDS.sub(lambda found: meant.get(found[0], found[0]), text), list(meant.values())
