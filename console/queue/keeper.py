"""What `serve` leaves beside the server: a small process that keeps one worker running.

Once the server answers it says where, and starts the worker: until then both cores are the
server's. It ends with the server, whose process started it, and takes the worker along. It imports
nothing of Django, so that it weighs little.
"""

import os
import signal
import subprocess
import sys
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep

ALREADY_RUNS = 75
"""A worker's exit status where the site has one."""
_MANAGE = Path(__file__).resolve().parents[2] / "manage.py"
_LONGEST_PAUSE = 60.0
_RAN_WELL = 60.0
_HERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
"""Where a server that listens everywhere is asked: it would refuse `0.0.0.0` as a host's name."""


class _Stopped(Exception):
    """A signal came."""


def start_keeper(host: str, port: int, words: str) -> None:
    """Start a keeper, which ends when this process does; it prints the words."""
    command = [sys.executable, "-m", __name__, str(os.getpid()), host, str(port)]
    keeper = subprocess.Popen(command, cwd=_MANAGE.parent, stdin=subprocess.PIPE)  # noqa: S603
    if keeper.stdin:  # and no argument, which others could read: a password may be among them
        with suppress(BrokenPipeError), keeper.stdin:
            keeper.stdin.write(words.encode())


def keep(server: int) -> None:
    """Keep a worker running until the server, whose child this is, is gone, or a signal comes."""
    with suppress(_Stopped):
        _heed_signals()
        _keep(server)


def tell_and_keep(server: int, host: str, port: int, words: str) -> None:
    """Wait for the server's first answer, print the words, and keep a worker running."""
    with suppress(_Stopped):
        _heed_signals()
        while os.getppid() == server and not _answers(host, port):
            sleep(0.1)
        if os.getppid() == server:
            sys.stdout.write(f"{words}\n")
            sys.stdout.flush()
            _keep(server)


def _heed_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)


def _answers(host: str, port: int) -> bool:
    with closing(HTTPConnection(_HERE.get(host, host), port, timeout=20)) as asked:
        try:
            asked.request("GET", "/healthz")
            asked.getresponse()
        except (OSError, HTTPException):
            return False
    return True


def _keep(server: int) -> None:
    pause = 0.5
    while os.getppid() == server:
        began = monotonic()
        status = _run_worker(server)
        ran_well = monotonic() - began > _RAN_WELL
        pause = 0.5 if ran_well else min(2 * pause, _LONGEST_PAUSE)
        rest = monotonic() + (_LONGEST_PAUSE if status == ALREADY_RUNS else pause)
        while os.getppid() == server and monotonic() < rest:
            sleep(1)


def _run_worker(server: int) -> int:
    """Run a worker until it or the server ends; return its exit status."""
    command = [sys.executable, str(_MANAGE), "worker", "--keeper", str(os.getpid())]
    with subprocess.Popen(command) as worker:  # noqa: S603
        try:
            while os.getppid() == server:
                try:
                    return worker.wait(1)
                except subprocess.TimeoutExpired:
                    continue
            return 0
        finally:
            _end(worker)


def _end(worker: "subprocess.Popen[bytes]") -> None:
    worker.terminate()
    try:
        worker.wait(8)
    except subprocess.TimeoutExpired:
        worker.kill()


def _stop(*_: object) -> None:
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)
    raise _Stopped


if __name__ == "__main__":
    given = sys.stdin.buffer.read().decode()
    tell_and_keep(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), given)
