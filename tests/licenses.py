"""The licenses of what Rolecall runs on, as the packages themselves name them."""

import re
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / ".github" / "LICENSES.md"
_PINNED = re.compile(r"^([\w.-]+)(?:\[.*\])?==", re.MULTILINE)
_PERMISSIVE = re.compile(r"MIT|BSD|Apache|PSF|CNRI", re.IGNORECASE)
_CLASSIFIED = "License :: OSI Approved :: "
_HEAD = """\
# Licenses of what Rolecall runs on

Rolecall itself is under [Apache-2.0](../LICENSE). `make licenses` writes this list from what the
packages say of themselves.

psycopg is under the LGPL: it is installed beside Rolecall as it is, unchanged, and anybody may
replace it. It is used where `DATABASE_URL` names a PostgreSQL. certifi's list of certificates is
under the MPL, file by file. All others are permissive.

Some packages bring files that browsers load: htmx (0BSD) comes with django-htmx, Ace
(BSD-3-Clause) with django-ace, Swagger UI (Apache-2.0) with drf-spectacular-sidecar. Policies and
service models of AWS come with botocore and the catalogue (Apache-2.0, MIT).

| package | license |
|---|---|
"""


def _named(found: PackageMetadata) -> str:
    """Return the license that a package names: as an expression, a classifier, or in words."""
    classifiers = found.get_all("Classifier") or []
    classified = [one.removeprefix(_CLASSIFIED) for one in classifiers if _CLASSIFIED in one]
    return found["License-Expression"] or ", ".join(classified) or found["License"] or ""


def licenses() -> Iterator[tuple[str, str]]:
    """Yield each pinned package with its license; those of other systems are not installed here."""
    for name in _PINNED.findall((ROOT / "requirements.txt").read_text(encoding="utf-8")):
        try:
            yield name, _named(metadata(name))
        except PackageNotFoundError:
            continue


def is_permissive(license_name: str) -> bool:
    return bool(_PERMISSIVE.search(license_name))


def written() -> str:
    return _HEAD + "".join(f"| {name} | {license_name} |\n" for name, license_name in licenses())


if __name__ == "__main__":
    LIST.write_text(written(), encoding="utf-8")
