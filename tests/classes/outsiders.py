"""Those to whom a student's class is none of their business, each made beside that student."""

from django.contrib.auth.models import User

from console.classes.models import Enrollment
from console.classes.roster.removal import remove_students
from console.classes.staff import new_class
from console.labs.guests import new_guest
from tests.classes.conftest import instructor


def another_student(sam):
    del sam
    return User.objects.create_user("mallory")


def another_classes_student(sam):
    del sam
    other = new_class(instructor("olga"), "8a", "UTC")
    user = User.objects.create_user("nina")
    Enrollment.objects.create(course_class=other, user=user, source="code")
    return user


def another_classes_teacher(sam):
    del sam
    teacher = instructor("olga")
    new_class(teacher, "8a", "UTC")
    return teacher


def removed_student(sam):
    other = User.objects.create_user("rolf")
    removed = Enrollment.objects.create(
        course_class=sam.course_class, user=other, source="code", team=sam.team
    )
    remove_students([removed])
    return other


def guest(sam):
    del sam
    return new_guest()


OUTSIDERS = (
    another_student,
    another_classes_student,
    another_classes_teacher,
    removed_student,
    guest,
)
