"""In every lab of the library: nothing of the start lets somebody in whom the lab does not name."""

import pytest

from console.labs.catalog import all_labs
from console.labs.rules import rules_of
from iam.models import AccessKey, Account, LoginProfile, User
from sts.built_in.models import Person
from tests.endpoint.clients import refusal
from tests.labs.fence.student import Student, student_of


@pytest.fixture(params=sorted(all_labs()))
def student(request, db) -> Student:
    return student_of(request.param)


def users_of(student: Student) -> set[str]:
    users = User.in_sandbox(student.sandbox).values_list("start_name", flat=True)
    roots = [row.start_root for row in Account.in_sandbox(student.sandbox)]
    return {*users, *roots}


def people_of(student: Student) -> set[str]:
    return {f"person:{row.name}" for row in Person.in_sandbox(student.sandbox)}


def named(student: Student, everybody: set[str]) -> set[str]:
    rules = rules_of(student.sandbox)
    return {who for who in everybody if rules.may_use(who)}


def enters(student: Student, who: str) -> bool:
    """Return whether a click signs somebody in, or leads to the code of their device."""
    account, _, user = who.removeprefix("root:").partition("/")
    return bool(student.enter(account, user).status_code == 302)


def enters_portal(student: Student, person: str) -> bool:
    url = f"/idp/{student.sandbox.slug}/"
    student.client.post(f"{url}signout")
    student.client.post(f"{url}as", {"name": person.partition(":")[2]})
    return student.client.get(url).context["visit"].person is not None


def test_somebody_begins(student):
    assert named(student, users_of(student) | people_of(student))


def test_a_click_lets_in_whom_the_lab_names_and_nobody_else(student):
    users, people = users_of(student), people_of(student)
    entered = {who for who in users if enters(student, who)}
    entered |= {who for who in people if enters_portal(student, who)}
    assert entered == named(student, users | people)


def test_a_key_of_the_start_works_for_nobody_else(student):
    keys = AccessKey.in_sandbox(student.sandbox).exclude(user=None)
    owners = set(keys.values_list("user__start_name", flat=True))
    for who in owners - named(student, owners):
        refusal(student.aws("sts", student.keys(who)).get_caller_identity)


def test_every_credential_of_the_start_is_marked(student):
    for model in (AccessKey, LoginProfile, Person):
        marks = model.in_sandbox(student.sandbox).values_list("from_start", flat=True)
        assert set(marks) <= {True}
    assert "" not in users_of(student)
