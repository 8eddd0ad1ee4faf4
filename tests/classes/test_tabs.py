"""The tabs of a class, and what its first pages say to a teacher who has just made it."""

import pytest
from django.urls import reverse

from tests.classes.conftest import logged_in

pytestmark = pytest.mark.django_db
CURRENT = [
    ("teach_class", "Live"),
    ("teach_student", "Live"),
    ("teach_roster_import", "Roster"),
    ("teach_teams", "Roster"),
    ("teach_assignment", "Assignments"),
    ("teach_award", "Gradebook"),
    ("teach_platforms", "Settings"),
    ("teach_join_code", None),
]


@pytest.mark.parametrize(("page", "label"), CURRENT)
def test_the_tab_that_a_page_stands_under_is_current(tess, course_class, sam, page, label):
    assignment = course_class.assignments.create(lab="same-account-role")
    more = {
        "teach_student": [sam.public_id],
        "teach_assignment": [assignment.public_id],
        "teach_award": [sam.public_id, assignment.public_id],
    }
    url = reverse(page, args=[course_class.public_id, *more.get(page, [])])
    tabs = logged_in(tess).get(url).context["class_tabs"].links
    assert [tab.label for tab in tabs if tab.current] == ([label] if label else [])


def test_a_class_without_assignments_leads_to_what_comes_first(tess, course_class):
    page = logged_in(tess).get(reverse("teach_class", args=[course_class.public_id]))
    for name in ("teach_assignments_add", "teach_join_code", "teach_roster_import"):
        assert reverse(name, args=[course_class.public_id]) in page.content.decode()


HOSTS = [("localhost:8000", True), ("127.0.0.1", True), ("testserver", False)]


@pytest.mark.parametrize(("host", "warns"), HOSTS)
def test_the_join_page_warns_where_no_other_computer_can_follow(tess, course_class, host, warns):
    url = reverse("teach_join_code", args=[course_class.public_id])
    page = logged_in(tess).get(url, headers={"host": host}).content.decode()
    assert ("Only this computer" in page) == warns
