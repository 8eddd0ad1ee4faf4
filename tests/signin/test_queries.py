"""What a page costs: few queries, as many for a role session as before, and no write to read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.signin.browsing import add_person
from tests.worlds import allow

_FEW = 25


@pytest.fixture
def ann(world, tab):
    """Ann's browser in a role that may read all of IAM."""
    world.add_role("Lesson", "*")
    given = {"PolicyName": "read", "PolicyDocument": allow("iam:*")}
    world.do("PutRolePolicy", RoleName="Lesson", **given)
    tab.sign_in()
    tab.switch()
    return tab


def _queries(tab, url):
    tab.get(url)  # so that the caller's policies are known
    with CaptureQueriesContext(connection) as captured:
        assert tab.get(url).status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("url", ["/switchrole", "/iam/roles", "/iam/users"])
def test_a_page_of_a_role_session_takes_few_queries(ann, url):
    assert len(_queries(ann, url)) <= _FEW


@pytest.mark.parametrize("url", ["/iam/roles", "/iam/users"])
def test_the_number_does_not_grow_with_what_is_there(world, ann, url):
    """From two rows on: a lone one is found by its name, as for a single call."""
    numbers = []
    for n in range(7):
        world.add_role(f"Role{n}")
        add_person(world, f"person{n}", allow("iam:*"))
        if n in {0, 6}:
            numbers.append(len(_queries(ann, url)))
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("url", ["/", "/signin", "/switchrole", "/iam/roles", "/iam/users"])
def test_a_page_writes_nothing_but_its_events_in_one_insert(ann, url):
    writes = [sql for sql in _queries(ann, url) if not sql.startswith("SELECT")]
    assert len(writes) <= 1
    assert all(sql.startswith('INSERT INTO "iam_event"') for sql in writes)


def test_pages_without_a_call_write_nothing_at_all(ann):
    assert all(sql.startswith("SELECT") for sql in _queries(ann, "/switchrole"))


def test_an_unknown_visitor_costs_no_session(world, tab):
    assert all(sql.startswith("SELECT") for sql in _queries(tab, "/"))
    assert _queries(tab, "/signin") == []
    assert "rolecall_session" not in tab.client.cookies
