"""*Why?* of a check: the decision that it rests on, for the lab's own student."""

import pytest
from django.urls import reverse

from console.labs.catalog import all_labs
from tests.pages.labs.conftest import logged_in
from tests.pages.labs.test_attempt import solve, url
from tests.pages.visitor import text_of


def why(attempt, name, task="build"):
    return reverse("attempt_why", args=[attempt.public_id, task, name])


def test_the_page_leads_to_the_reason_of_a_check(alice, attempt):
    solve(attempt)
    page = alice.get(url(attempt)).content.decode()
    checks = [one for one in all_labs()[attempt.lab].tasks[0].checks if one.kind == "can"]
    for check in checks:
        assert why(attempt, check.name) in page
        shown = text_of(alice.get(why(attempt, check.name)))
        assert "Identity-based policies" in shown
        assert "s3:" in shown
        assert "Policies that applied" in shown


def test_a_check_that_no_policy_decides_says_so(alice, attempt):
    check = next(one for one in all_labs()[attempt.lab].tasks[0].checks if one.kind == "assume")
    shown = text_of(alice.get(why(attempt, check.name)))
    assert "No policy decides this: There is no role." in shown


@pytest.mark.parametrize("name", ["nothing", "nobody-else-gains", "\x00", "x" * 500])
def test_there_is_no_other_reason(alice, attempt, name):
    assert alice.get(why(attempt, name)).status_code == 404
    assert alice.get(why(attempt, name, task="other")).status_code == 404


def test_nobody_else_sees_it(alice, attempt):
    del alice
    for client in (logged_in("bob"), logged_in("teacher", administrator=True)):
        assert client.get(why(attempt, "intern-stays-out")).status_code == 404
