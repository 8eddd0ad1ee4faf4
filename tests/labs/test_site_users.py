"""Site users: new students, their names and passwords, and who may teach."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.core.exceptions import ValidationError

from console.labs.administrators import is_administrator
from console.labs.guests import new_guest
from console.labs.models import SiteUser
from console.labs.new_students import LONGEST_NAME, make_student, suggest_password
from console.labs.site_users import (
    SiteRole,
    display_name,
    is_instructor,
    role_of,
    set_role,
    site_student,
)

pytestmark = pytest.mark.django_db

PASSWORD = "correct-horse-7"


def refusals(*arguments):
    with pytest.raises(ValidationError) as caught:
        make_student(*arguments)
    return caught.value.message_dict


def test_a_new_student_logs_in_with_name_and_password():
    user, password = make_student("ann", PASSWORD, "Ann of Cleves")
    assert password == PASSWORD
    assert User.objects.get(username="ann").check_password(PASSWORD)
    assert [group.name for group in user.groups.all()] == ["students"]
    assert display_name(user) == "Ann of Cleves"
    assert not is_instructor(user)


def test_a_password_is_made_up_where_none_is_chosen():
    user, password = make_student("ann", None)
    assert user.check_password(password)


def test_passwords_that_are_made_up_are_words_and_digits_without_look_alikes_and_differ():
    made = {suggest_password() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"([a-z]{3,8}-){3}[2-9]{2}", password) for password in made)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Enter a name."),
        ("   ", "Enter a name."),
        ("ann lee", "Use letters, digits and . _ - + @, without spaces."),
        ("ann\0", "Use letters, digits and . _ - + @, without spaces."),
        ("ann\ud800", "Use letters, digits and . _ - + @, without spaces."),
        ("<b>", "Use letters, digits and . _ - + @, without spaces."),
        ("a" * (LONGEST_NAME + 1), "A name has up to 64 characters."),
        ("Zoe", "Somebody has this name already. Choose another one."),
        ("\uff3a\uff2f\uff25", "Somebody has this name already. Choose another one."),
        ("guest-1", "Somebody has this name already. Choose another one."),
    ],
)
def test_a_name_that_cannot_be_had_is_refused_in_a_sentence(name, sentence):
    make_student("zoe", PASSWORD)
    assert refusals(name, PASSWORD) == {"name": [sentence]}
    assert User.objects.count() == 1


@pytest.mark.parametrize("name", ["ann@school.example", "j.doe-2", "Åsa", "李雷"])
def test_names_of_all_kinds_are_had(name):
    assert make_student(name, PASSWORD)[0].username == name


def test_a_bad_password_is_refused_in_words():
    assert refusals("ann", "1234") == {
        "password": [
            "This password is too short. It must contain at least 8 characters.",
            "This password is too common.",
            "This password is entirely numeric.",
        ]
    }


def test_a_name_that_was_taken_in_the_meantime_is_refused_alike(monkeypatch):
    make_student("ann", PASSWORD)
    monkeypatch.setattr("console.labs.new_students.checked_name", str)
    assert refusals("ann", PASSWORD)["name"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("", "ann"), ("  Ann \t Lee ", "Ann Lee"), ("A\0nn", "A nn"), ("x" * 99, "x" * 80)],
)
def test_a_display_name_is_tidied_and_without_one_it_is_the_login(typed, expected):
    user, _ = make_student("ann", PASSWORD, typed)
    assert display_name(user) == expected


def test_a_list_of_display_names_takes_one_query(django_assert_num_queries):
    for name in ("ann", "bob", "cy"):
        make_student(name, None, name.title())
    with django_assert_num_queries(1):
        names = [display_name(user) for user in User.objects.select_related("profile")]
    assert names == ["Ann", "Bob", "Cy"]


def test_a_role_is_granted_by_an_administrator_alone_and_never_to_oneself():
    admin = User.objects.create_superuser("admin")
    ann = site_student("ann")
    for user, by in ((ann, ann), (site_student("bob"), ann), (admin, admin)):
        with pytest.raises(PermissionError):
            set_role(user, SiteRole.INSTRUCTOR, by=by)
    for role in (SiteRole.INSTRUCTOR, SiteRole.ADMINISTRATOR, SiteRole.STUDENT):
        set_role(ann, role, by=admin)
        again = User.objects.get(pk=ann.pk)
        assert role_of(again) == role_of(ann) == role
        assert is_administrator(again) == again.is_staff == (role == SiteRole.ADMINISTRATOR)


def test_administrators_may_teach_and_nobody_who_is_inactive_or_no_user_may():
    admin = User.objects.create_superuser("admin")
    assert is_instructor(admin)
    admin.is_active = False
    teacher = site_student("ann")
    teacher.groups.add(Group.objects.get(name="instructors"))
    teacher.is_active = False
    for user in (admin, teacher, AnonymousUser(), new_guest()):
        assert not is_instructor(user)
        assert not is_administrator(user)


def test_a_profile_goes_with_its_user():
    user, _ = make_student("ann", PASSWORD, "Ann")
    user.delete()
    assert not SiteUser.objects.exists()
