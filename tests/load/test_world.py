"""The class of `make load` can open its pages and make its groups."""

import json

import pytest
from django.test import Client

from tests.load.students import PAGES, WRITE, new_group
from tests.load.world import print_class


@pytest.mark.django_db
def test_a_students_cookies_open_each_page_and_make_groups(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_class(1)
    (cookies,) = json.loads(capsys.readouterr().out)

    def browser() -> Client:
        """Return a browser that keeps no other cookies, as the student of the load."""
        made = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
        made.cookies.load(cookies)
        return made

    assert {page: browser().get(page).status_code for page in PAGES} == dict.fromkeys(PAGES, 200)
    form = browser().get(WRITE).text
    headers = {"origin": "http://localhost"}
    for number in (0, 1):
        assert browser().post(WRITE, new_group(form, number), headers=headers).status_code == 302
