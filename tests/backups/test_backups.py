"""A backup is the whole site at one moment, and restores it; any other file is refused."""

import json
import zipfile
from pathlib import Path
from threading import Thread

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

import manage
from console import pending_migrations
from console.backups import BackupRefused, back_up, checked, open_backup, restore
from console.backups.archive import KEY, MANIFEST
from console.backups.making import one_moment
from console.backups.values import RowsHash, all_models, hash_of, line_of
from console.classes.demo import make_demo_class
from console.classes.rechecks import recheck_assignment
from console.management.commands.restore import put_key
from console.queue.only_worker import the_only_worker
from tests.classes.conftest import instructor

LABS = ["same-account-role", "external-id"]


def hashes():
    return {
        label: (hash_of(model).rows, hash_of(model).sha256) for label, model in all_models().items()
    }


def restored(file: Path, *, replace: bool = True) -> int:
    with open_backup(file) as backup:
        return restore(backup, replace=replace)


@pytest.fixture
def tess(db):
    return instructor("tess")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "site.zip"


def rewritten(file: Path, change) -> Path:
    """Return a copy of a backup whose entries were changed: a dict of bytes by name."""
    with zipfile.ZipFile(file) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    other = file.with_name("changed.zip")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return other


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_restored_is_what_was_backed_up(tess, file, seed):
    made = make_demo_class(tess, 2, labs=LABS, seed=seed)
    before = hashes()
    manifest = back_up(file)
    assert {label: (one.rows, one.sha256) for label, one in manifest.tables.items()} == before
    make_demo_class(tess, 1, labs=LABS[:1], seed=99)
    User.objects.filter(username="tess").delete()
    assert hashes() != before

    assert restored(file) == manifest.rows

    assert hashes() == before
    assert all(recheck_assignment(one, apply=False).is_proved for one in made.assignments.all())
    assert User.objects.create_user("new").pk > tess.pk


def test_a_site_with_something_in_it_is_replaced_only_when_told(tess, file):
    back_up(file)
    before = hashes()
    with pytest.raises(BackupRefused, match="not empty"):
        restored(file, replace=False)
    assert hashes() == before
    User.objects.all().delete()
    assert restored(file, replace=False)
    assert hashes() == before


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_in_it():
    User.objects.create_user("before")

    def write() -> None:
        User.objects.create_user("meanwhile")
        connection.close()

    with one_moment():
        assert User.objects.count() == 1
        other = Thread(target=write)
        other.start()
        other.join()
        assert User.objects.count() == 1
    assert User.objects.count() == 2


def lines(entries, table, change):
    name = f"tables/{table}.jsonl"
    rows = [json.loads(line) for line in entries[name].splitlines()]
    entries[name] = b"".join(json.dumps(row).encode() + b"\n" for row in change(rows))


def manifest(**changed):
    def change(entries):
        data = json.loads(entries[MANIFEST])
        entries[MANIFEST] = json.dumps({**data, **changed}).encode()

    return change


def claim(**changed):
    """Let the manifest name other facts of the table of site users."""

    def change(entries):
        data = json.loads(entries[MANIFEST])
        data["tables"]["auth.User"] |= changed
        entries[MANIFEST] = json.dumps(data).encode()

    return change


def swap(name, content):
    return lambda entries: entries.__setitem__(name, content)


BAD = {
    "a row that is gone": (lambda e: lines(e, "auth.User", lambda _: []), "not as the manifest"),
    "a row that is there twice": (
        lambda e: lines(e, "auth.User", lambda rows: rows * 2),
        "not as the manifest",
    ),
    "another value": (
        lambda e: lines(e, "auth.User", lambda rows: [[*rows[0][:-1], None]]),
        "not as the manifest",
    ),
    "a column too many": (
        lambda e: lines(e, "auth.User", lambda rows: [[*rows[0], 1]]),
        "not as the manifest|other columns",
    ),
    "no JSON": (swap("tables/auth.User.jsonl", b"{" * 100 + b"\n"), "cannot be read|not as the"),
    "a path out of it": (swap("../../etc/passwd", b"x"), "does not belong there"),
    "a table that is unknown": (swap("tables/no.Table.jsonl", b""), "does not belong there"),
    "a table that is missing": (lambda e: e.pop("tables/auth.User.jsonl") and None, "is missing"),
    "no manifest": (lambda e: e.pop(MANIFEST) and None, "is no backup.*missing"),
    "a broken manifest": (swap(MANIFEST, b"[1"), "manifest cannot be read"),
    "a deep manifest": (swap(MANIFEST, b"[" * 100_000), "manifest cannot be read"),
    "a list for a manifest": (swap(MANIFEST, b"[]"), "manifest cannot be read"),
    "a huge manifest": (swap(MANIFEST, b" " * 2_000_000), "is too large"),
    "a huge key": (swap(KEY, b"k" * 5000), "is too large"),
    "another key": (swap(KEY, b"another"), "secret key is not the one"),
    "another format": (manifest(format=2), "another format"),
    "a newer version": (manifest(migrations=["iam.9999_later"]), "newer version"),
    "other columns": (claim(columns=["id"]), "auth.User differs"),
    "a size that is no number": (claim(bytes="many"), "manifest cannot be read"),
    "a size below nothing": (claim(bytes=-1), "manifest cannot be read"),
    "a bomb": (claim(bytes=10**15), "far larger"),
    "a bomb that lies": (
        lambda e: e.__setitem__("tables/auth.User.jsonl", b"[" + b"0," * 10_000_000 + b"0]\n"),
        "not as the manifest",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_was_changed_is_refused_with_a_sentence(tess, file, case):
    back_up(file)
    before = hashes()
    change, sentence = BAD[case]
    with pytest.raises(BackupRefused, match=sentence):
        restored(rewritten(file, change))
    assert hashes() == before


def test_a_row_that_the_database_refuses_changes_nothing(tess, file):
    def change(entries):
        lines(entries, "auth.User", lambda rows: [[*rows[0]], [rows[0][0] + 1, *rows[0][1:]]])
        data = json.loads(entries[MANIFEST])
        raw = entries["tables/auth.User.jsonl"]
        found = [json.loads(line) for line in raw.splitlines()]
        counted = RowsHash()
        for row in found:
            counted.add(line_of(row), row)
        entries["tables/auth.User.jsonl"] = "".join(f"{line_of(row)}\n" for row in found).encode()
        data["tables"]["auth.User"] |= {
            "rows": counted.rows,
            "bytes": counted.bytes,
            "sha256": counted.sha256,
        }
        entries[MANIFEST] = json.dumps(data).encode()

    back_up(file)
    before = hashes()
    with pytest.raises(BackupRefused, match="Nothing was changed"):
        restored(rewritten(file, change))
    assert hashes() == before


def test_a_backup_of_an_older_version_is_refused(tess, file, monkeypatch):
    back_up(file)
    later = ("iam.9999_later",)
    monkeypatch.setattr("console.backups.manifest.applied_migrations", lambda: later)
    with pytest.raises(BackupRefused, match="older version"):
        restored(file)


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip", b"PK\x03\x04" + b"\0" * 60])
def test_what_is_no_zip_is_refused(db, file, content):
    file.write_bytes(content)
    with pytest.raises(BackupRefused, match="no backup"):
        restored(file)


def test_the_commands_back_up_check_and_restore(tess, file, capsys):
    call_command("backup", str(file))
    assert "Read again and compared: equal" in capsys.readouterr().out
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="replaces no file"):
        call_command("backup", str(file))
    call_command("backup", "--check", str(file))
    assert "all as its manifest describes them" in capsys.readouterr().out
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(file))
    call_command("restore", "--replace", str(file))
    assert "Each table was read and compared: equal" in capsys.readouterr().out


def test_a_database_without_tables_gets_them_before_it_is_restored(db, file, monkeypatch):
    """A new computer has none. The tables of this test stay, so only the call is looked for."""
    calls: list[str] = []
    monkeypatch.setattr(connection.introspection, "table_names", list)
    monkeypatch.setattr(
        "console.management.commands.restore.call_command", lambda name, **_: calls.append(name)
    )
    with pytest.raises(CommandError, match="No such file"):
        call_command("restore", str(file))
    assert calls == ["migrate"]


@pytest.mark.parametrize("words", [["backup", "--check"], ["restore"]])
def test_a_file_that_is_not_there_is_a_sentence(db, tmp_path, words):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command(*words, str(tmp_path / "none.zip"))


def test_a_site_that_runs_is_not_restored(db, file):
    back_up(file)
    with the_only_worker(), pytest.raises(CommandError, match="Stop it first"):
        call_command("restore", str(file))


def test_another_key_takes_the_place_of_the_old_one_which_is_kept(tmp_path):
    path = tmp_path / "secret-key"
    assert put_key("first", path)
    assert not put_key("first", path)
    assert put_key("second", path)
    assert path.read_text() == "second"
    assert (tmp_path / "secret-key.before-restore").read_text() == "first"
    assert path.stat().st_mode & 0o077 == 0


def test_a_backup_is_all_tables_and_the_key_that_they_are_sealed_with(db, file, settings):
    back_up(file)
    with open_backup(file) as backup:
        assert backup.manifest.tables.keys() == all_models().keys()
        assert backup.key == settings.SECRET_KEY
        assert checked(backup) == backup.manifest.rows


@pytest.mark.parametrize("pending", [True, False])
def test_a_command_on_a_database_without_tables_ends_in_a_sentence(monkeypatch, pending):
    def fails(_):
        raise OperationalError("no such table: iam_sandbox")

    monkeypatch.setattr(manage, "execute_from_command_line", fails)
    monkeypatch.setattr(pending_migrations, "has_pending_migrations", lambda: pending)
    with pytest.raises(SystemExit if pending else OperationalError) as ended:
        manage.main(["manage.py", "backup", "x.zip"])
    if pending:
        assert "`manage.py migrate` makes them" in str(ended.value)
