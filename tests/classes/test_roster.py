"""A roster is planned line by line and imported whole; students get cards, leave and come back."""

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from console.administration.people import set_active
from console.classes.archives import archive, bring_class_back
from console.classes.joins import join_class
from console.classes.models import AuditEntry, Enrollment, LoginCard, Team
from console.classes.roster.cards import hash_next, may_reset, password_on
from console.classes.roster.plan import RowOutcome, plan_roster
from console.classes.roster.reader import read_roster
from console.classes.roster.removal import bring_back, remove_students
from console.classes.staff import new_class
from console.classes.teams import dissolve_team, set_team, team_of_name
from console.classes.work import begin_assigned
from console.labs.attempts import begin_attempt
from console.labs.catalog import all_labs
from iam.models import Sandbox
from tests.classes.conftest import instructor, logged_in
from tests.jobs import perform_jobs

pytestmark = pytest.mark.django_db

HEAD = "login,name,reference,team,extra time %\n"


def url(course_class, name="teach_roster_import", *more):
    return reverse(name, args=[course_class.public_id, *more])


def outcomes(course_class, teacher, text):
    plan = plan_roster(course_class, teacher, read_roster(text))
    return [(one.outcome, " ".join(one.problems)) for one in plan.rows]


def imported(course_class, tess, text):
    return logged_in(tess).post(url(course_class), {"text": text, "do": "import"})


FAULTS = [
    ("mia,,1\nMIA,,2\n", "more than one line"),
    ("mia,,1\nnoor,,1\n", "reference appears in more than one line"),
    ("a b,,\n", "write “name” over its column"),
    (",,5\n", "no login"),
    ("mia,,,,fast\n", "percentage"),
    ("mia,,,,999\n", "percentage"),
    ("tess,,\n", "Somebody on this site has this login"),
    ("m" * 151 + ",,\n", "longer than 150"),
    (f"mia,{'n' * 81},\n", "name is longer than 80"),
    (f"mia,,{'7' * 121}\n", "reference is longer than 120"),
    (f"mia,,,{'t' * 81}\n", "team is longer than 80"),
    ("other,,77\n", "Another student of the class has this reference"),
]


@pytest.mark.parametrize(("lines", "sentence"), FAULTS)
def test_a_faulty_line_says_why_and_nothing_is_imported(course_class, tess, sam, lines, sentence):
    Enrollment.objects.filter(pk=sam.pk).update(reference="77")
    page = imported(course_class, tess, HEAD + "good.one,,\n" + lines)
    assert sentence in page.content.decode()
    assert list(Enrollment.objects.all()) == [sam]
    assert not User.objects.filter(username="good.one").exists()


def test_the_preview_shows_every_line_and_changes_nothing(course_class, tess, sam):
    text = HEAD + "mia,Mia,1,Blue,\nsam,Sam,2,,25\n"
    file = SimpleUploadedFile("r.csv", text.encode("utf-8-sig"))
    page = logged_in(tess).post(url(course_class), {"file": file})
    assert page.context["plan"].counts == {"new login": 1, "changed": 1}
    assert Enrollment.objects.count() == 1
    assert not Team.objects.exists()


def test_an_import_makes_logins_teams_and_cards(course_class, tess):
    imported(course_class, tess, HEAD + "mia,Mia,1,Blue,\nnoor,Noor,2,Blue,25\n")
    noor = Enrollment.objects.get(user__username="noor")
    assert (noor.reference, str(noor.team), noor.extra_time) == ("2", "Blue", 25)
    page = logged_in(tess).get(url(course_class, "teach_cards")).content.decode()
    password = password_on(LoginCard.objects.get(enrollment=noor))
    assert password in page
    assert AuditEntry.objects.filter(action="imported a roster").exists()
    assert not Client().login(username="noor", password=password)
    perform_jobs("long")
    assert Client().login(username="noor", password=password)


def test_a_second_import_of_the_same_roster_changes_nothing(course_class, tess):
    text = HEAD + "mia,Mia,1,Blue,\n"
    imported(course_class, tess, text)
    assert outcomes(course_class, tess, text) == [(RowOutcome.SAME, "")]


def test_a_login_of_a_class_of_ones_own_joins_and_keeps_its_password(course_class, tess, sam):
    other = new_class(tess, "8a", "UTC")
    assert outcomes(other, tess, "sam\n") == [(RowOutcome.JOINS, "")]
    imported(other, tess, HEAD + "sam,,\n")
    assert not LoginCard.objects.exists()


def test_the_plan_takes_as_many_queries_for_many_lines(
    course_class, tess, sam, django_assert_num_queries
):
    for number in (3, 300):
        rows = read_roster("sam\n" + "".join(f"s{n},,{n}\n" for n in range(number)))
        with django_assert_num_queries(3):
            plan_roster(course_class, tess, rows)


def act(course_class, tess, do, *students, **more):
    """Press a button of the roster, and then the one of the page that asks first."""
    fields = {"do": do, "origin": "roster", "selected": [one.public_id for one in students], **more}
    teacher, asked = logged_in(tess), url(course_class, "teach_bulk")
    page = teacher.post(asked, fields, follow=True)
    if page.context.get("happening") is None:
        return page
    sure = {name: value for name, value in fields.items() if name != "do"}
    return teacher.post(asked, {**sure, "action": do, "sure": "yes"}, follow=True)


def test_a_reset_makes_a_card_and_ends_the_old_password(course_class, tess, sam):
    sam.user.set_password("a quiet harbor")
    sam.user.save()
    act(course_class, tess, "reset", sam)
    assert not Client().login(username="sam", password="a quiet harbor")
    while hash_next(50):
        pass
    assert Client().login(username="sam", password=password_on(LoginCard.objects.get()))


def test_nobody_resets_a_student_who_is_also_in_anothers_class(course_class, tess, sam):
    join_class(sam.user, new_class(instructor("olga"), "8a", "UTC"))
    assert may_reset(tess, [sam]) == []
    selected = {"do": "reset", "selected": [sam.public_id]}
    page = logged_in(tess).post(url(course_class, "teach_bulk"), selected)
    assert "This would change nothing" in page.content.decode()
    act(course_class, tess, "reset", sam)
    assert not LoginCard.objects.exists()


def test_a_password_that_the_student_set_meanwhile_stays(course_class, tess, sam):
    act(course_class, tess, "reset", sam)
    sam.user.set_password("a quiet harbor")
    sam.user.save()
    hash_next(50)
    assert Client().login(username="sam", password="a quiet harbor")


def test_removing_ends_access_at_once_and_the_work_stays(course_class, tess, sam):
    lab = all_labs()["same-account-role"]
    assignment = course_class.assignments.create(lab=lab.slug)
    attempt = begin_assigned(sam, assignment)
    own = begin_attempt(sam.user, lab)
    client = logged_in(sam.user)
    pages = [reverse("my_class", args=[course_class.public_id])]
    pages += [reverse("attempt", args=[attempt.public_id])]
    assert [client.get(page).status_code for page in pages] == [200, 200]
    act(course_class, tess, "remove", sam)
    assert [client.get(page).status_code for page in pages] == [404, 404]
    assert client.get(reverse("attempt", args=[own.public_id])).status_code == 200
    attempt.sandbox.refresh_from_db()
    assert attempt.sandbox.suspended
    act(course_class, tess, "return", sam)
    assert [client.get(page).status_code for page in pages] == [200, 200]


@pytest.mark.parametrize("do", ["reset", "remove", "return", "team", "move"])
def test_a_button_above_the_roster_asks_before_anything_happens(course_class, tess, sam, do):
    other = new_class(tess, "8a", "UTC")
    if do == "return":
        remove_students([sam])
    selected = {"do": do, "who": "all", "selected": [sam.public_id]}
    fields = {**selected, "team": "Blue", "class": other.public_id}
    before = Enrollment.objects.values_list("pk", "removed_at", "team")
    kept = list(before)
    page = logged_in(tess).post(url(course_class, "teach_bulk"), fields)
    assert (list(before), LoginCard.objects.count()) == (kept, 0)
    assert [len(names) for names in page.context["happening"].values()] == [1]


@pytest.mark.parametrize("way", ["back in the class", "the class is back", "out of a team"])
def test_worlds_of_a_deactivated_login_rest_whatever_else_is_opened_again(
    course_class, tess, sam, way
):
    assignment = course_class.assignments.create(lab="same-account-role")
    if way == "out of a team":
        set_team([sam], team_of_name(course_class, "Blue"))
    attempt = begin_assigned(sam, assignment)
    set_active(sam.user, active=False, by=tess)
    if way == "back in the class":
        remove_students([sam])
        bring_back([sam])
    elif way == "the class is back":
        archive(course_class, tess)
        bring_class_back(course_class, tess)
    else:
        dissolve_team(sam.team)
    world = Sandbox.objects.filter(pk=attempt.sandbox_id, suspended=True)
    assert world.exists()
    set_active(sam.user, active=True, by=tess)
    assert not world.exists()


def test_moving_leaves_the_work_and_enters_the_other_class(course_class, tess, sam):
    other = new_class(tess, "8a", "UTC")
    act(course_class, tess, "move", sam, **{"class": other.public_id})
    assert Enrollment.objects.get(course_class=other).user == sam.user
    sam.refresh_from_db()
    assert sam.removed_at


def test_a_card_that_waits_to_be_printed_moves_along(course_class, tess, sam):
    other = new_class(tess, "8a", "UTC")
    act(course_class, tess, "reset", sam)
    act(course_class, tess, "move", sam, **{"class": other.public_id})
    printed = logged_in(tess).get(url(other, "teach_cards")).content.decode()
    assert password_on(LoginCard.objects.get()) in printed


def test_nobody_moves_a_student_into_a_class_of_anothers(course_class, tess, sam):
    other = new_class(instructor("olga"), "8a", "UTC")
    page = act(course_class, tess, "move", sam, **{"class": other.public_id})
    assert "Choose the class" in page.content.decode()
    assert not other.enrollments.exists()


def test_selected_students_of_another_class_are_left_alone(course_class, tess, sam):
    other = new_class(tess, "8a", "UTC")
    act(other, tess, "remove", sam)
    sam.refresh_from_db()
    assert sam.removed_at is None


def test_a_student_is_edited_and_a_taken_reference_is_refused(course_class, tess, sam):
    join_class(User.objects.create_user("mia"), course_class)
    course_class.enrollments.exclude(pk=sam.pk).update(reference="7")
    page = url(course_class, "teach_student_edit", sam.public_id)
    fields = {"name": "Sam S.", "reference": "7", "extra_time": "20"}
    refused = logged_in(tess).post(page, fields)
    assert "Another student of the class has this reference" in refused.content.decode()
    logged_in(tess).post(page, {**fields, "reference": "8"})
    sam.refresh_from_db()
    assert (sam.reference, sam.extra_time, str(sam.user.profile)) == ("8", 20, "Sam S.")


def test_the_roster_takes_as_many_queries_for_many_students(
    course_class, tess, sam, django_assert_max_num_queries
):
    client = logged_in(tess)
    client.get(url(course_class, "teach_roster"))
    for number in range(30):
        join_class(User.objects.create_user(f"s{number}"), course_class)
    with django_assert_max_num_queries(11):
        client.get(url(course_class, "teach_roster"))


def test_the_roster_asks_for_itself_until_the_new_passwords_are_made(course_class, tess, sam):
    act(course_class, tess, "reset", sam)
    teacher, roster = logged_in(tess), url(course_class, "teach_roster")
    page = teacher.get(roster).text
    assert "1 of 1 password is still being made" in " ".join(page.split())
    assert 'hx-select="#cards-note"' in page
    while hash_next(50):
        pass
    page = teacher.get(roster).text
    assert "1 password can be printed for two days" in " ".join(page.split())
    assert 'hx-select="#cards-note"' not in page


def test_what_turns_the_direction_of_a_sentence_is_no_part_of_a_name(course_class, tess):
    persian = "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627"  # one word, with its joiner
    imported(
        course_class, tess, HEAD + f"mia,\u202eMia\u2066  Lee,\u200f5,\u202eRed\nali,{persian},,\n"
    )
    mia, ali = Enrollment.objects.order_by("user__username").reverse()
    assert mia.team is not None
    assert (str(mia.user.profile), mia.reference, mia.team.name) == ("Mia Lee", "5", "Red")
    assert str(ali.user.profile) == persian
