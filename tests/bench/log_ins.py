"""A class logs in within a minute: what the site's other visitors notice of it."""

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from itertools import cycle
from statistics import quantiles
from threading import Event
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from tests.bench.processes import cpu_seconds
from tests.bench.section import Row, Section
from tests.bench.wire_servers import site_served

_LOG_INS, _SECONDS = 500, 60
_MOST_P95 = 200.0
_PASSWORD = "correct horse battery"
_USERS = f"""
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
password = make_password("{_PASSWORD}")
names = [f"bench-{{n}}" for n in range({_LOG_INS} + 1)]
User.objects.bulk_create([User(username=name, password=password) for name in names])
print("{{}}")
"""
_PAGES = ("/", "/labs/", "/labs/same-account-role/", "/help/", "/signin", "/labs/external-id/")
_PAUSE = 0.2
"""Seconds between two looks of the visitor."""
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def _browser() -> OpenerDirector:
    return build_opener(HTTPCookieProcessor(CookieJar()))


def _get(browser: OpenerDirector, url: str) -> str:
    with browser.open(url, timeout=60) as answer:
        text: str = answer.read().decode()
    return text


def _log_in(site: str, number: int) -> tuple[OpenerDirector, float]:
    """Log in as a person does, page and form; return the browser, and how long the form took."""
    browser = _browser()
    (token, *_) = _TOKEN.findall(_get(browser, f"{site}/login"))
    fields = {"csrfmiddlewaretoken": token, "username": f"bench-{number}", "password": _PASSWORD}
    began = time.perf_counter()
    with browser.open(f"{site}/login", urlencode(fields).encode(), timeout=60) as answer:
        if answer.url.endswith("/login"):
            message = "A log-in was refused."
            raise RuntimeError(message)
    return browser, time.perf_counter() - began


def _look_around(site: str, browser: OpenerDirector, done: Event) -> list[float]:
    """Open page after page until it is over; return how long each took."""
    took: list[float] = []
    for page in cycle(_PAGES):
        if done.wait(_PAUSE):
            return took
        began = time.perf_counter()
        _get(browser, site + page)
        took.append(time.perf_counter() - began)
    return took


def _evenly(run: Callable[[int], float], times: int, seconds: float) -> list[float]:
    """Run something so many times, evenly within so many seconds."""
    began = time.perf_counter()
    with ThreadPoolExecutor(16) as pool:
        started = []
        for number in range(times):
            time.sleep(max(0.0, began + number * seconds / times - time.perf_counter()))
            started.append(pool.submit(run, number))
        return [one.result() for one in started]


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1] * 1_000


def measure() -> list[Section]:
    """Return the visitor's 95th percentile, quiet and while the class logs in."""
    with site_served(_USERS, pages=True) as (site, _, server):
        browser, _ = _log_in(site, _LOG_INS)
        for page in _PAGES * 4:  # both workers have read the labs
            _get(browser, site + page)
        done = Event()
        with ThreadPoolExecutor(1) as visitor:
            looks = visitor.submit(_look_around, site, browser, done)
            before, began = cpu_seconds(server), time.perf_counter()
            log_ins = _evenly(lambda number: _log_in(site, number)[1], _LOG_INS, _SECONDS)
            took, used = time.perf_counter() - began, cpu_seconds(server) - before
            done.set()
            seen = looks.result()
    return [
        Section(
            f"{_LOG_INS} log-ins within {_SECONDS} seconds, 2 workers",
            (
                Row("all of them took", took, "s"),
                Row("the server's CPU meanwhile", used, "s"),
                Row("a log-in: p95", _p95(log_ins), "ms"),
                Row("every other page: p95", _p95(seen), "ms", most=_MOST_P95),
            ),
        )
    ]
