"""Which token is let in where: tried for every route of the schema."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from console.api.urls import urlpatterns
from console.classes.models import Class, Enrollment
from console.classes.roster.removal import remove_students
from console.labs.models import Attempt
from console.labs.scenarios.models import Scenario
from console.tokens.issuing import issue_token, revoke_token
from console.tokens.models import ApiToken
from console.tokens.scopes import AREAS, grants, known_scopes
from iam.models import Sandbox
from tests.api.programs import Program, problem_of
from tests.api.routes import ROUTES
from tests.classes.conftest import instructor, logged_in
from tests.classes.outsiders import OUTSIDERS, another_classes_teacher

pytestmark = pytest.mark.django_db
SECRET = "Zebra-7"


def test_every_route_asks_for_a_scope_that_there_is():
    assert ROUTES
    assert [one.id for one in ROUTES if not one.scope] == ["GET /api/"]
    assert {one.scope for one in ROUTES if one.scope} == known_scopes()


def test_every_address_of_the_api_is_in_the_schema():
    named = {str(one.pattern) for one in urlpatterns if getattr(one, "name", None)}
    described = {one.path.removeprefix("/api/") for one in ROUTES}
    plain = {name.replace("<str:", "{").replace("<int:", "{").replace(">", "}") for name in named}
    assert plain - {"docs", "schema"} == described


def test_no_route_is_open_without_the_scope_that_it_asks_for(tess, values):
    found = []
    for route in ROUTES:
        if not route.scope:
            continue
        others = [one for one in known_scopes() if not grants([one], route.scope)]
        response = Program(tess, others).send(route.method, route.address(values), {})
        if response.status_code != 403 or problem_of(response)["code"] != "scope_missing":
            found.append(f"{route.id}: {response.status_code}")
        ApiToken.objects.all().delete()
    assert found == []


def no_token():
    return ""


def unknown_token():
    return "rolecall_" + "x" * 40


def strange_token():
    return "é\udcff\x00 x"


def expired_token():
    token, secret = issue_token(instructor("e"), "e", known_scopes(), timedelta(days=1))
    ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now())
    return secret


def revoked_token():
    user = instructor("r")
    token, secret = issue_token(user, "r", known_scopes(), timedelta(days=1))
    revoke_token(user, token.public_id)
    return secret


def token_of_a_closed_login():
    user = instructor("c")
    _, secret = issue_token(user, "c", known_scopes(), timedelta(days=1))
    User.objects.filter(pk=user.pk).update(is_active=False)
    return secret


def by_name(make):
    return make.__name__.replace("_", "-")


TOKENS = [
    no_token,
    unknown_token,
    strange_token,
    expired_token,
    revoked_token,
    token_of_a_closed_login,
]


@pytest.mark.parametrize("make", TOKENS, ids=by_name)
def test_without_a_token_that_works_nothing_is_answered(values, make):
    program = Program(secret=make())
    for route in ROUTES:
        response = program.send(route.method, route.address(values), {})
        assert response.status_code == 401, route.id
        assert response["WWW-Authenticate"].startswith("Bearer")
        assert "/account/tokens" in problem_of(response)["detail"]
        assert SECRET not in response.content.decode()


def test_a_log_in_of_the_site_counts_for_nothing_here(tess, values):
    client = logged_in(tess)
    assert {client.get(f"/api/{one.address(values)}").status_code for one in ROUTES} <= {401}


OF_THE_CLASS = {"class_id", "attempt_id", "scenario_id", "sandbox_id"}


def rows():
    """Return what no outsider may change."""
    return [
        list(model.objects.order_by("pk").values(*columns))
        for model, columns in (
            (Class, ["name", "join_code", "archived_at"]),
            (Enrollment, ["reference", "extra_time", "removed_at", "team"]),
            (Attempt, ["public_id", "set_aside", "terms"]),
            (Scenario, ["name", "version"]),
            (Sandbox, ["pk", "generation"]),
        )
    ]


@pytest.mark.parametrize("make", OUTSIDERS, ids=by_name)
def test_an_outsider_finds_nothing_and_foreign_is_as_missing(sam, values, make):
    program = Program(make(sam))
    before, missing = rows(), {**values, **dict.fromkeys(OF_THE_CLASS, "999999999")}
    for route in ROUTES:
        own = OF_THE_CLASS.intersection(route.names)
        foreign = program.send(route.method, route.address(values), {})
        assert SECRET not in foreign.content.decode(), route.id
        if own:
            absent = program.send(route.method, route.address(missing), {})
            assert (foreign.status_code, foreign.content) == (404, absent.content), route.id
            assert absent.status_code == 404
            problem_of(foreign)
    assert rows() == before


def test_what_is_in_another_class_is_not_found_through_ones_own(sam, values):
    olga = another_classes_teacher(sam)
    named = {**values, "class_id": Class.objects.get(teachings__user=olga).public_id}
    nested = [one for one in ROUTES if "class_id" in one.names and len(one.names) > 1]
    program, before = Program(olga), rows()
    sent = {one.id: program.send(one.method, one.address(named), {}) for one in nested}
    assert sent
    assert {id: one.status_code for id, one in sent.items() if one.status_code != 404} == {}
    assert rows() == before


def test_a_student_of_the_class_sees_only_what_is_theirs(course_class, sam, values):
    other = User.objects.create_user("oona")
    Enrollment.objects.create(course_class=course_class, user=other, source="code")
    program, found = Program(other), {}
    for route in ROUTES:
        if OF_THE_CLASS.intersection(route.names):
            response = program.send(route.method, route.address(values), {})
            assert SECRET not in response.content.decode()
            assert sam.public_id not in response.content.decode()
            found[route.id] = response.status_code
    shown = {
        one.removeprefix("GET /api/classes/{class_id}") for one, s in found.items() if s == 200
    }
    assert shown == {"", "/assignments", "/assignments/{assignment_id}", "/progress"}
    assert set(found.values()) == {200, 404}


def test_the_areas_of_students_are_those_in_which_they_have_something(course_class, sam, values):
    program, seen = Program(sam.user), set()
    for route in ROUTES:
        reads = route.method == "GET" and route.scope
        if reads and program.send("GET", route.address(values)).status_code == 200:
            seen.add(route.scope.partition(":")[0])
    assert seen == {area.name for area in AREAS.values() if area.for_students}


def test_a_token_sees_less_from_the_moment_that_its_user_does(course_class, sam, values):
    program = Program(sam.user)
    assert program.get(f"attempts/{values['attempt_id']}").status_code == 200
    remove_students([sam])
    assert program.get(f"attempts/{values['attempt_id']}").status_code == 404
    assert program.json("classes")["results"] == []
    assert Client().get("/api/").status_code == 401
