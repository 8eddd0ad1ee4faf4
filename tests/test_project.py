"""What holds for the whole source tree."""

import ast
import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from iam.models.base import Simulated
from iam.perform import registry
from tests.labs.fence.decisions import decided_operations, decided_routes
from tests.robustness.addresses import OF_TEACHERS, routes

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt")
NPM_LOCK = ".ci/package-lock.json"
MODULE = re.compile(r"\b[a-z][a-z_]+\.py\b")
# Where the manager of all sandboxes' rows may be named, and why.
UNBOUND_ALLOWED = {
    "console/administration/sizes.py",  # which sandboxes have newer events, by the events' keys
    "console/classes/copying/own_values.py",  # what stands in the worlds of one class's attempts
    "console/classes/copying/search.py",  # the new events of the worlds of classes
    "console/services/ec2/metadata/credentials.py",  # an instance's metadata, by its secret
    "iam/models/base.py",  # what binds every other query
    "iam/models/documents.py",  # get_or_create within the sandbox it is given
    "sts/credentials/client_credentials.py",  # an access key, found in the directory
    "sts/sign_in/accounts.py",  # an alias typed at the front door, among the directory's accounts
    "sts/sign_in/console.py",  # a root email typed there, likewise
}

# Where an ARN or an account ID may be spelled beside `iam/arns.py`, and why.
ARNS_ALLOWED = {
    "console/labs/rows/log_files.py",  # the names of log files, which hold an account ID
    "console/labs/rows/renames.py",  # account IDs anywhere in a text
    "console/labs/rows/restoration.py",  # the directory's account IDs, found by the database
    "console/labs/scenarios/removal.py",  # likewise
    "console/services/cloudtrail/selectors.py",  # `arn:aws:s3`, CloudTrail's word for all objects
    "iam/engine/findings/values.py",  # the form of a KMS key among the forms of other values
    "iam/engine/grammar/principals.py",  # AWS's grammar of principals
    "iam/engine/matching/elements/principals.py",  # an account's ARN in any partition, in haste
}
ARN_OR_ACCOUNT = re.compile(r"\barn:[^\s`]|:(iam|sts)::|(\\d|\[0-9\])\{12\}")

# What one module owns, as it would look in a second one.
# Texts that events have in common, by which rows were packed: no facts, and they never change.
SAMPLES = "iam/models/packed_json.py"
WRITTEN_ONCE = {
    "us-east-1": "iam/catalogue/regions.py",
    r"if isinstance\((\w+), list\) else \[\1\]": "iam/engine/document/json_text.py",
    r"""\{"Key": \w+, "Value": \w+\} for""": "iam/wire/tags.py",
    r"""\["Key"\]: \w+(\["Value"\]|\.get)""": "iam/wire/tags.py",
    "/aws-service-role/": "iam/arns.py",
    "Related consoles": "console/pages/services.py",
    r"""split\(":", (5|ARN_FIELDS - 1)\)""": "iam/arns.py",
    r"\bis_(staff|superuser)\b": "console/labs/administrators.py",
}


def source_files(*suffixes: str) -> list[Path]:
    """Return the files that git tracks or would track, without data and migrations."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    paths = [ROOT / name for name in listed if "/migrations/" not in name]
    return [path for path in paths if path.suffix in suffixes and path.is_file()]


@pytest.mark.django_db
def test_no_source_file_is_longer_than_300_lines():
    files = source_files(".py", ".html", ".css", ".js")
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in files}
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_readmes_and_templates_name_modules_that_exist():
    modules = {path.name for path in source_files(".py")}
    texts = {path: path.read_text() for path in source_files(".md")}
    for path in source_files(".html"):
        texts[path] = " ".join(re.findall(r"{#(.*?)#}", path.read_text()))
    named = {(str(path), name) for path, text in texts.items() for name in MODULE.findall(text)}
    assert named
    assert [(path, name) for path, name in sorted(named) if name not in modules] == []


def test_no_template_is_wider_than_160_characters_or_larger_than_8_kb():
    templates = [path for path in source_files(".html") if "templates" in path.parts]
    widest = {path: max(map(len, path.read_text().splitlines()), default=0) for path in templates}
    assert widest
    assert {str(path): width for path, width in widest.items() if width > 160} == {}
    sizes = {str(path): path.stat().st_size for path in templates}
    assert {name: size for name, size in sizes.items() if size > 8192} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_host_and_no_folder(lock):
    text = (ROOT / lock).read_text()
    for sign in ("://", "--index", "--extra-index", "--find-links", " @ ", "file:"):
        assert sign not in text


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_has_a_hash_for_every_package(lock):
    entries = [entry for entry in (ROOT / lock).read_text().split("\n") if "==" in entry]
    assert entries
    assert all(entry.endswith(" \\") for entry in entries)


def npm_lock() -> dict[str, dict[str, Any]]:
    locked: dict[str, dict[str, Any]] = json.loads((ROOT / NPM_LOCK).read_text())["packages"]
    return {name: package for name, package in locked.items() if name}


def test_the_npm_lock_names_no_host_and_no_folder():
    for package in npm_lock().values():
        assert not package.keys() & {"resolved", "link"}
        assert re.fullmatch(r"[\d.]+", package["version"])


def test_the_npm_lock_has_a_hash_for_every_package():
    packages = npm_lock().values()
    assert packages
    assert all(package["integrity"].startswith("sha512-") for package in packages)


@pytest.mark.parametrize("platform", ["linux-x64", "linux-arm64", "darwin-arm64", "darwin-x64"])
def test_the_npm_lock_has_the_checks_for_every_platform(platform):
    assert f"node_modules/@biomejs/cli-{platform}" in npm_lock()


def test_the_lock_holds_every_dependency_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    locked = {line.partition("==")[0] for line in (ROOT / LOCKS[0]).read_text().splitlines()}
    for dependency in project["project"]["dependencies"]:
        name = dependency.partition("[")[0].partition("~=")[0]
        assert locked & {name, f"{name}[binary]"}


def test_only_listed_modules_reach_across_sandboxes():
    naming = {
        str(path.relative_to(ROOT))
        for path in source_files(".py")
        if ".unbound" in path.read_text() and not path.is_relative_to(ROOT / "tests")
    }
    assert naming <= UNBOUND_ALLOWED


def test_a_simulated_model_is_reached_only_through_its_sandbox():
    simulated = [model for model in apps.get_models() if issubclass(model, Simulated)]
    assert simulated
    assert [model for model in simulated if hasattr(model, "objects")] == []


@pytest.mark.parametrize(("pattern", "owner"), WRITTEN_ONCE.items())
def test_a_fact_with_one_place_is_written_nowhere_else(pattern, owner):
    naming = [
        str(path.relative_to(ROOT))
        for path in source_files(".py", ".js", ".html")
        if not path.is_relative_to(ROOT / "tests") and re.search(pattern, path.read_text())
    ]
    assert [name for name in naming if name != SAMPLES] == [owner]


def test_where_other_rows_are_read_along_only_the_row_itself_is_locked():
    """PostgreSQL refuses to lock what an outer join may lack, and SQLite locks no rows at all."""
    whole = re.compile(
        r"select_for_update\(\)\s*\.select_related|select_related\([^)]*\)\s*\.select_for_update\(\)"
    )
    own = [path for path in source_files(".py") if not path.is_relative_to(ROOT / "tests")]
    assert [str(path) for path in own if whole.search(path.read_text())] == []


def spells_an_arn(path: Path) -> bool:
    """Return whether a module writes an ARN or an account ID out, in no sentence or docstring."""
    source = path.read_text()
    if not ARN_OR_ACCOUNT.search(source):
        return False
    found = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    words = [text for text in found if isinstance(text, str) and text.split() == [text]]
    return any(map(ARN_OR_ACCOUNT.search, words))


def test_only_listed_modules_spell_an_arn_or_an_account_id():
    own = [path for path in source_files(".py") if not path.is_relative_to(ROOT / "tests")]
    spelling = {str(path.relative_to(ROOT)) for path in own if spells_an_arn(path)}
    assert spelling - {"iam/arns.py"} == ARNS_ALLOWED


def test_each_address_has_one_decision_about_the_rules_of_labs():
    """A new one belongs into `tests/labs/fence/decisions.py`, which says how to decide."""
    of_students = (name for name, route in routes().items() if not route.startswith(OF_TEACHERS))
    assert sorted(decided_routes()) == sorted(of_students)


def test_each_operation_has_a_decision_about_the_rules_of_labs():
    assert sorted(decided_operations()) == sorted(registry.operations)
