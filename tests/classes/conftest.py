"""A class with its teacher, and who else is about."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from console.classes.joins import join_class
from console.classes.models import Class, Enrollment
from console.classes.staff import new_class
from console.labs.site_users import INSTRUCTORS


def instructor(name: str) -> User:
    """Return a new site user who may teach."""
    user = User.objects.create_user(name)
    user.groups.add(Group.objects.get(name=INSTRUCTORS))
    return user


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def tess(db: None) -> User:
    return instructor("tess")


@pytest.fixture
def course_class(tess: User) -> Class:
    return new_class(tess, "7b", "Europe/Berlin")


@pytest.fixture
def sam(course_class: Class) -> Enrollment:
    """Sam, a student of the class."""
    enrollment = join_class(User.objects.create_user("sam"), course_class)
    assert enrollment
    return enrollment
