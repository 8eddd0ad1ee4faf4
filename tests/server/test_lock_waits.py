"""A page that waits for a lock keeps its worker from everybody for some seconds at most."""

from time import perf_counter
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from console.outages import BUSY, outage_of
from console.server import lock_waits
from console.server.lock_waits import shorten


def test_sqlite_waits_no_longer_and_says_that_it_is_busy(db, monkeypatch, tmp_path):
    monkeypatch.setattr(lock_waits, "SECONDS", 0.1)
    said: dict[str, Any] = {
        **connection.settings_dict,
        "ENGINE": "console.sqlite",
        "NAME": str(tmp_path / "locked.sqlite3"),
        "OPTIONS": {"timeout": 20},
    }
    shorten(said)
    one, other = DatabaseWrapper(said, "one"), DatabaseWrapper(said, "other")
    try:
        one.cursor().execute("BEGIN IMMEDIATE")
        began = perf_counter()
        with pytest.raises(OperationalError) as refused:
            other.cursor().execute("BEGIN IMMEDIATE")
        assert perf_counter() - began < 10
        assert outage_of(refused.value) is BUSY
    finally:
        one.close()
        other.close()


def test_postgresql_keeps_its_own_options():
    said: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": {"options": "-c search_path=rolecall"},
    }
    shorten(said)
    assert said["OPTIONS"] == {"options": "-c search_path=rolecall -c lock_timeout=5s"}
