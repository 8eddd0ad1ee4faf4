"""Thirty students at once, with a browser each, on the site as `make run` serves it."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
import requests

from console.labs.models import Attempt, UndoStep

STUDENTS = 30
LAB = "/labs/same-account-role/"


class Browser:
    """A browser without JavaScript, as far as a student's path needs one."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.session = requests.Session()
        self.statuses: list[int] = []

    def get(self, path: str) -> requests.Response:
        return self._answered(self.session.get(f"{self.site}{path}", timeout=120))

    def send(self, page: requests.Response, path: str, **fields: str) -> requests.Response:
        """Send the form of a page that goes to an address, with what stands in its fields."""
        forms = re.findall(r"<form.*?</form>", page.text, re.DOTALL)
        fitting = [one for one in forms if f'action="{path}"' in one] or [
            one
            for one in forms
            if 'method="post"' in one and "action=" not in one.partition(">")[0]
        ]
        assert fitting, (page.status_code, page.url, page.text)
        form = fitting[0]
        hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
        sent = {name: unescape(value) for name, value in hidden} | fields
        headers = {"Referer": page.url}
        url = f"{self.site}{path}"
        return self._answered(self.session.post(url, sent, headers=headers, timeout=120))

    def _answered(self, response: requests.Response) -> requests.Response:
        self.statuses += [one.status_code for one in (*response.history, response)]
        return response


def study(site: str) -> tuple[list[int], str]:
    """Begin a lab, make a group in the console, and poll; return the statuses and the last news."""
    browser = Browser(site)
    attempt = browser.send(browser.get(LAB), f"{LAB}start")
    browser.send(attempt, "/signin/as")
    path = "/iam/groups/create"
    browser.send(browser.get(path), path, GroupName="crew")
    version, news = "0", ""
    for _ in range(3):
        drawer = f"{attempt.url.removeprefix(site)}drawer?version={version}"
        answer = browser.get(drawer)
        if answer.status_code == 200:
            news = answer.text
            version = re.findall(r"version=([\w-]+)", news)[0]
    return browser.statuses, news


@pytest.mark.usefixtures("collected", "endpoint")
def test_thirty_students_start_write_and_poll_at_once(site: str) -> None:
    with ThreadPoolExecutor(STUDENTS) as pool:
        done = list(pool.map(study, [site] * STUDENTS))
    assert {status for statuses, _ in done for status in statuses} <= {200, 204, 302}
    assert all("CreateGroup" in news for _, news in done)
    assert Attempt.objects.exclude(judged_at="").count() == STUDENTS
    assert UndoStep.objects.filter(operation="iam:CreateGroup").count() == STUDENTS
