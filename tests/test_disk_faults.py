"""A disk that is full or cannot be written, and settings that cannot be used: sentences."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError, connection
from django.test import Client

from console.disk_faults import disk_fault, is_disk_fault, keep_private
from console.pages.site import start
from console.secret_key import kept_secret_key
from console.static_files import WholeFilesStorage
from tests.endpoint.clients import Clients, keys_of, refusal
from tests.worlds import World, allow, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world("alice")


@pytest.fixture
def _full(db: None) -> None:
    """Let SQLite find no room for another page."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EROFS, "Read-only file system"), True),
        (OSError(errno.ENOENT, "No such file or directory"), False),
        (OperationalError("database or disk is full"), True),
        (OperationalError("attempt to write a readonly database"), True),
        (OperationalError('could not extend file "base/1": No space left on device'), True),
        (OperationalError("database is locked"), False),
        (ValueError("disk is full"), False),
        (None, False),
    ],
)
def test_a_fault_of_the_disk_is_known_by_its_number_or_its_words(
    error: Exception | None, expected: bool
) -> None:
    assert is_disk_fault(error) is expected
    caused = RuntimeError("x")
    caused.__cause__ = error
    assert is_disk_fault(caused) is expected


def _fails(error: Exception) -> object:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise error

    return fail


def test_the_site_and_the_endpoint_answer_503_in_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.add_user("admin", allow("*"))
    keys = keys_of(world.do("CreateAccessKey", UserName="admin")["AccessKey"])
    full = OperationalError("database or disk is full")
    monkeypatch.setattr("console.endpoint.front_door.perform", _fails(full))
    code, message, status = refusal(Clients()("iam", keys).list_users)
    assert (code, status) == ("ServiceUnavailable", 503)
    assert "make room" in message
    monkeypatch.setattr("console.pages.site.start.track_views", _fails(full))
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 503
    assert "has to make room" in answer.content.decode()


def test_healthz_reports_the_disk_and_the_database(
    db: None, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    client = Client(raise_request_exception=False)
    assert client.get("/healthz").content == b"ok\n"
    monkeypatch.setattr(start, "disk_fault", lambda _home: "The disk of /x is full.")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"The disk of /x is full.\n")
    monkeypatch.setattr(start, "connection", None)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"The database does not answer.\n")


def test_a_folder_that_is_gone_is_reported(tmp_path: Path) -> None:
    assert disk_fault(tmp_path) == ""
    assert "cannot be read" in disk_fault(tmp_path / "gone")


def test_the_database_and_what_is_beside_it_are_their_owners_alone(tmp_path: Path) -> None:
    database = tmp_path / "rolecall.sqlite3"
    for name in ("rolecall.sqlite3-wal", "rolecall.sqlite3-shm"):
        (tmp_path / name).touch(0o644)
    keep_private(database)
    modes = {stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir()}
    assert (modes, len(list(tmp_path.iterdir()))) == ({0o600}, 3)
    keep_private(tmp_path / "gone" / "x")


def test_no_static_file_is_half_written(tmp_path: Path) -> None:
    storage = WholeFilesStorage(location=str(tmp_path), base_url="/static/")
    storage._save("a/whole.css", ContentFile(b"x"))

    class Breaking(ContentFile[bytes]):
        def chunks(self, chunk_size: int | None = None):
            yield b"half"
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        storage._save("a/half.css", Breaking(b""))
    assert [one.name for one in (tmp_path / "a").iterdir()] == ["whole.css"]


@pytest.mark.parametrize("written", [b"", b"short", "ä".encode() * 40], ids=["empty", "short", "ä"])
def test_a_secret_key_that_is_none_is_refused(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "secret-key"
    path.write_bytes(written)
    with pytest.raises(ValueError, match=r"."):
        kept_secret_key(path)


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("ROLECALL_HOME", "/dev/null/x", "ROLECALL_HOME is `/dev/null/x`, which cannot be used"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL cannot be used"),
        ("DATABASE_URL", "mysql2://x/y", "DATABASE_URL cannot be used"),
    ],
)
def test_a_bad_setting_ends_in_a_sentence(
    tmp_path: Path, setting: str, value: str, sentence: str
) -> None:
    run = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "console.settings",
             "ROLECALL_HOME": str(tmp_path), setting: value},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert run.stderr.startswith(sentence)
    assert "Traceback" not in run.stderr
