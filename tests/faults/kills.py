"""Writes that go on while the server is killed: what was acknowledged is there, and once."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from threading import Event
from time import sleep
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from tests.faults.site import FaultySite, kill


@dataclass(frozen=True)
class KillReport:
    """How many writes were acknowledged, and what became of them."""

    kills: int
    acknowledged: int
    lost: list[str]
    doubled: list[str]

    @property
    def holds(self) -> bool:
        return self.acknowledged > 0 and not self.lost and not self.doubled

    def __str__(self) -> str:
        return (
            f"kill -9, {self.kills} times: {self.acknowledged} acknowledged writes, "
            f"{len(self.lost)} lost, {len(self.doubled)} doubled"
        )


def write_and_kill(site: FaultySite, *, kills: int, seconds: float, writers: int = 4) -> KillReport:
    """Serve so many times, with writers at work, and kill the server each time."""
    site.prepare()
    keys, names = site.make_world(), count()
    acknowledged: list[str] = []
    for number in range(kills):
        with site.served() as server, ThreadPoolExecutor(writers) as pool:
            over = Event()
            work = [
                pool.submit(_write, site, keys, names, over, acknowledged) for _ in range(writers)
            ]
            sleep(seconds * (1 + number / kills))  # at another moment each time
            kill(server)
            over.set()
            for one in work:
                one.result()
    script = "from tests.faults.world import print_contents; print_contents()"
    there = json.loads(site.manage("shell", "--no-imports", "-c", script))
    times = [(name, there["users"].get(name, 0), there["events"].get(name, 0))
             for name in acknowledged]  # fmt: skip
    return KillReport(
        kills,
        len(acknowledged),
        [name for name, users, events in times if not users or not events],
        [name for name, users, events in times if users > 1 or events > 1],
    )


def _write(
    site: FaultySite, keys: dict[str, Any], names: Iterator[int], over: Event, done: list[str]
) -> None:
    """Make one user after another; note those that were acknowledged."""
    client = site.client("iam", keys)
    while not over.is_set():
        name = f"u{next(names)}"
        try:
            client.create_user(UserName=name)
        except (BotoCoreError, ClientError):
            continue
        done.append(name)
