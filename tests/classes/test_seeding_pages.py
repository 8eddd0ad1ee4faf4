"""The pages on which a teacher gives a class worlds, and a student opens one."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from console.classes.joins import join_class
from console.classes.models import AuditEntry, ClassWorld, Enrollment, Seeding, Teaching, WorldCopy
from console.classes.roster.removal import remove_students
from console.classes.seeding.worlds import MOST_SEEDINGS, make_next, new_seeding
from console.classes.staff import new_class
from console.classes.teams import set_team, team_of_name
from console.labs.models import Attempt
from tests.classes.conftest import instructor, logged_in
from tests.classes.test_seeding import SMALL, sandbox_of
from tests.classes.working import LAB, assign, at
from tests.jobs import perform_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom(course_class):
    return join_class(User.objects.create_user("tom"), course_class)


@pytest.fixture
def seeding(course_class, tess, sam, tom):
    made = new_seeding(course_class, tess, "Small", SMALL)
    make_next(made, 9)
    return made


def url(course_class, name="teach_seed", *more):
    return reverse(name, args=[course_class.public_id, *more])


def text(response):
    return response.content.decode()


def test_a_class_is_seeded_from_a_scenario_by_a_form(course_class, tess, sam, tom):
    client = logged_in(tess)
    form = text(client.get(url(course_class) + "?scenario=course"))
    assert 'value="scenario:course" selected' in form
    fields = {"source": "scenario:course", "per": "student", "opening": ""}
    page = client.post(url(course_class), fields, follow=True)
    assert "0 of 2" in text(page)
    seeding = page.redirect_chain[-1][0]
    assert "HX-Refresh" not in client.get(f"{seeding}progress").headers
    perform_jobs("long")
    assert client.get(f"{seeding}progress").headers["HX-Refresh"] == "true"
    made = text(client.get(seeding))
    assert "2 of 2" in made
    assert "Not there yet</" not in made.partition("<tbody")[2]
    assert f"{seeding}progress" not in made
    assert AuditEntry.objects.filter(action="seeded worlds").count() == 1


def test_a_labs_worlds_are_made_beforehand_by_the_same_form(course_class, tess, sam, tom):
    assignment = assign(course_class)
    set_team([sam, tom], team_of_name(course_class, "Red"))
    fields = {"source": f"lab:{assignment.public_id}", "per": "student", "opening": ""}
    logged_in(tess).post(url(course_class), fields)
    perform_jobs("long")
    assert Attempt.objects.get().waits
    assert "1 wait for Start" in text(logged_in(tess).get(url(course_class)))


def test_worlds_can_wait_for_the_opening_of_an_assignment(course_class, tess, sam):
    assignment = assign(course_class, opens=at(hours=1))
    fields = {"source": "scenario:course", "per": "student", "opening": assignment.public_id}
    page = logged_in(tess).post(url(course_class), fields, follow=True)
    assert "made when the assignment opens" in text(page)
    perform_jobs("long")
    assert not ClassWorld.objects.exists()
    now = url(course_class, "teach_seeding_action", Seeding.objects.get().public_id)
    logged_in(tess).post(now, {"do": "now"})
    perform_jobs("long")
    assert ClassWorld.objects.count() == 1


def test_a_labs_worlds_do_not_wait_for_another_lab(course_class, tess):
    first, second = assign(course_class), assign(course_class, "external-id", opens=at(hours=1))
    fields = {"source": f"lab:{first.public_id}", "per": "team", "opening": second.public_id}
    page = logged_in(tess).post(url(course_class), fields)
    assert page.status_code == 400
    assert "when the lab itself opens" in text(page)


def test_a_class_has_so_many_seedings_at_most(course_class, tess):
    for _ in range(MOST_SEEDINGS):
        new_seeding(course_class, tess, "Small", SMALL)
    fields = {"source": "scenario:course", "per": "student"}
    page = logged_in(tess).post(url(course_class), fields)
    assert "at most" in text(page)
    assert Seeding.objects.count() == MOST_SEEDINGS


def test_the_private_scenario_of_another_instructor_is_not_there(course_class, tess):
    page = logged_in(tess).post(url(course_class), {"source": "scenario:abc", "per": "student"})
    assert page.status_code == 400
    assert not Seeding.objects.exists()


def test_a_student_opens_a_world_from_the_class_page(course_class, seeding, sam, tom):
    client = logged_in(sam.user)
    world = ClassWorld.objects.get(enrollment=sam)
    own = url(course_class, "my_world", world.public_id)
    assert own in text(client.get(url(course_class, "my_class")))
    page = text(client.get(own))
    assert "Sign in as ann" in page
    assert "Nothing in it is checked" in page
    others = ClassWorld.objects.get(enrollment=tom)
    assert client.get(url(course_class, "my_world", others.public_id)).status_code == 404
    again = client.post(reverse("world_restart", args=[world.sandbox_id]))
    assert again.status_code == 302
    assert client.get(reverse("world_restart", args=[others.sandbox_id])).status_code == 404
    remove_students([sam])
    assert client.get(own).status_code == 404
    assert client.get(reverse("world_restart", args=[world.sandbox_id])).status_code == 404


def test_every_member_of_a_team_starts_its_world_again(course_class, tess, sam, tom):
    set_team([sam, tom], team_of_name(course_class, "Red"))
    seeding = new_seeding(course_class, tess, "Small", SMALL, per_team=True)
    make_next(seeding, 9)
    tom.refresh_from_db()
    restart = reverse("world_restart", args=[sandbox_of(tom).pk])
    assert logged_in(tom.user).get(restart).status_code == 200
    page = text(logged_in(tom.user).get(url(course_class, "my_class")))
    assert "share it with your team, Red" in page


def test_the_teacher_opens_a_copy_that_touches_nothing(course_class, seeding, tess, sam):
    world = ClassWorld.objects.get(enrollment=sam)
    copy = url(course_class, "teach_class_world_copy", seeding.public_id, world.public_id)
    page = logged_in(tess).post(copy, follow=True)
    assert "This is a copy" in text(page)
    made = WorldCopy.objects.get()
    assert (made.sandbox.owner, made.class_world) == (tess, world)
    assert made.sandbox != world.sandbox


@pytest.mark.parametrize(("do", "left"), [("anew", 2), ("delete", 1), ("drop", 0)])
def test_what_deletes_worlds_asks_first_and_names_them(course_class, seeding, tess, sam, do, left):
    client = logged_in(tess)
    before = sandbox_of(sam).pk
    act = url(course_class, "teach_seeding_action", seeding.public_id)
    chosen = [ClassWorld.objects.get(enrollment=sam).public_id] if do != "drop" else []
    asked = client.post(act, {"do": do, "selected": chosen})
    perform_jobs("long")
    assert ClassWorld.objects.exclude(sandbox=None).count() == 2
    assert ("sam" if chosen else "2 worlds") in text(asked)
    client.post(act, {"do": do, "selected": chosen, "sure": "yes"})
    perform_jobs("long")
    worlds = ClassWorld.objects.exclude(sandbox=None)
    assert worlds.count() == left
    assert not worlds.filter(sandbox=before).exists()
    assert Seeding.objects.exists() == (do != "drop")
    assert AuditEntry.objects.count() == 1


def test_an_observer_looks_and_changes_nothing(course_class, seeding, tess):
    olga = instructor("olga")
    Teaching.objects.create(course_class=course_class, user=olga, role="observer")
    client = logged_in(olga)
    assert "Seed for this class" not in text(client.get(url(course_class)))
    fields = {"source": "scenario:course", "per": "student"}
    client.post(url(course_class), fields)
    act = url(course_class, "teach_seeding_action", seeding.public_id)
    assert client.post(act, {"do": "drop", "sure": "yes"}).status_code == 403
    assert Seeding.objects.count() == 1


def test_a_seeding_of_another_class_is_not_there(course_class, seeding, tess):
    other = new_class(tess, "8a", "UTC")
    assert logged_in(tess).get(url(other, "teach_seeding", seeding.public_id)).status_code == 404
    act = url(other, "teach_seeding_action", seeding.public_id)
    assert logged_in(tess).post(act, {"do": "drop"}).status_code == 404


def test_a_scenarios_page_and_an_assignments_lead_to_the_form(course_class, tess):
    client = logged_in(tess)
    scenario = reverse("teach_scenario", args=["course"])
    assert "Seed for a class" in text(client.get(scenario))
    led = client.get(f"{scenario}seed?class={course_class.public_id}")
    assert led["Location"] == f"{url(course_class)}?scenario=course#seed"
    olgas = new_class(instructor("olga"), "8a", "UTC")
    assert client.get(f"{scenario}seed?class={olgas.public_id}")["Location"] == scenario
    assignment = assign(course_class, LAB)
    page = text(client.get(url(course_class, "teach_assignment", assignment.public_id)))
    assert f"?assignment={assignment.public_id}#seed" in page


def test_the_list_of_worlds_takes_as_many_queries_for_many_students(
    course_class, seeding, tess, django_assert_max_num_queries
):
    users = User.objects.bulk_create([User(username=f"s{number}") for number in range(60)])
    Enrollment.objects.bulk_create(
        [Enrollment(course_class=course_class, user=one, source="code") for one in users]
    )
    client: Client = logged_in(tess)
    page = url(course_class, "teach_seeding", seeding.public_id)
    client.get(page)
    with django_assert_max_num_queries(11):
        assert "Not there yet" in text(client.get(page))
