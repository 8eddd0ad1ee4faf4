"""What happens before the first page, and after the last: secret key, port, browser, Ctrl-C."""

import errno
import os
import signal
import socket
import stat
import subprocess
import sys
from contextlib import suppress

import pytest
from django.core.management import CommandError, call_command

from console.management.commands import serve
from console.management.commands.serve import server_options
from console.secret_key import kept_secret_key
from console.settings import lets_guests_in
from tests.browser import chromium


def test_the_secret_key_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    path = tmp_path / "secret-key"
    first = kept_secret_key(path)
    assert len(first) >= 50
    assert kept_secret_key(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("host", "others", "expected"),
    [
        ("127.0.0.1", [], True),
        ("127.0.0.2", [], True),
        ("::1", [], True),
        ("localhost", [], True),
        ("127.0.0.1", ["class.example"], False),
        ("0.0.0.0", [], False),  # noqa: S104
        ("::", [], False),
        ("192.168.1.7", [], False),
        ("class.example", [], False),
    ],
)
def test_guests_come_in_by_themselves_where_only_this_machine_does(host, others, expected):
    assert lets_guests_in(host, others) is expected


def test_a_port_in_use_is_named_before_anything_is_prepared(settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings.LISTEN_HOST, settings.LISTEN_PORT = "127.0.0.1", str(port)
        with pytest.raises(CommandError, match=f"Cannot listen on 127.0.0.1:{port}"):
            call_command("serve")


def test_ctrl_c_ends_the_server_and_its_workers(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    *options, application = server_options("127.0.0.1", port)
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", *options, "--log-level", "info", application],
        env={**os.environ, "ROLECALL_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    output = server.stdout
    assert output is not None
    try:
        told = iter(output.readline, "")
        for _worker in range(2):
            assert any("Started worker" in line for line in told)
        os.killpg(server.pid, signal.SIGINT)
        assert server.wait(60) == 0
    finally:
        output.close()
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)


@pytest.mark.parametrize("written", ["eighty", "0", "65536", "-1", "٣"])
def test_a_port_that_is_no_port_is_refused(settings, written):
    settings.LISTEN_PORT = written
    with pytest.raises(CommandError, match="must be a number from 1 to 65535"):
        call_command("serve")


def test_the_browser_that_is_named_comes_first(monkeypatch, tmp_path):
    mine = tmp_path / "my-chrome"
    mine.touch(mode=0o755)
    monkeypatch.setenv("CHROME_BIN", str(mine))
    assert chromium.find_browser() == str(mine)


@pytest.mark.parametrize(
    ("there", "ci", "installs"),
    [
        ("chromium", "true", True),
        ("chromium", "", False),
        ("chromium-headless-shell", "true", False),
    ],
)
def test_ci_alone_installs_a_lighter_browser(monkeypatch, capsys, tmp_path, there, ci, installs):
    (tmp_path / there).touch(mode=0o755)
    installed = []
    monkeypatch.delenv("CHROME_BIN", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(chromium, "install_browser", lambda: installed.append(True))
    assert chromium.main() == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / there)
    assert bool(installed) is installs


@pytest.mark.parametrize(("ci", "status"), [("true", 1), ("", 0)])
def test_a_missing_browser_fails_in_ci_alone(monkeypatch, capsys, ci, status):
    monkeypatch.setenv("CHROME_BIN", "/nowhere/chrome")
    monkeypatch.setenv("CI", ci)
    assert chromium.main() == status
    assert chromium.NO_BROWSER in capsys.readouterr().err


def test_a_disk_that_cannot_be_written_is_named_though_nothing_had_to_be(monkeypatch, capsys):
    monkeypatch.setattr(serve, "call_command", lambda *_command, **_options: None)
    monkeypatch.setattr(serve, "disk_fault", lambda home: f"{home} cannot be written.")
    monkeypatch.setattr(serve, "_require_free", lambda *_: None)
    monkeypatch.setattr(serve, "start_keeper", lambda *_: None)
    monkeypatch.setattr("os.execv", lambda *_command: None)
    call_command("serve")
    assert "cannot be written. Pages show what is there" in capsys.readouterr().err


def test_a_full_disk_is_named_and_what_is_there_is_served(monkeypatch, capsys):
    asked = []

    def prepare(command, **_options):
        asked.append(command)
        raise OSError(errno.ENOSPC, "No space left on device")

    served = []
    monkeypatch.setattr(serve, "call_command", prepare)
    monkeypatch.setattr(serve, "are_collected", lambda: False)
    monkeypatch.setattr(serve, "_require_free", lambda *_: None)
    monkeypatch.setattr(serve, "start_keeper", lambda *_: None)
    monkeypatch.setattr("os.execv", lambda *command: served.append(command))
    call_command("serve")
    assert asked == ["migrate", "collectstatic"]
    assert capsys.readouterr().err.count("The disk of this site is full") == 2
    assert len(served) == 1
