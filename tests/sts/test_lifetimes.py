"""How long a role session lives, by whom it was opened."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.sts.asking import assume, later, refused, session_from, signed_in
from tests.worlds import allow


@pytest.fixture
def ann(world):
    return world.add_user("ann", allow("sts:AssumeRole"))


def _lasts(world, result):
    session = session_from(world, result)
    assert session.expires_at is not None
    assert session.issued_at is not None
    return session.expires_at - session.issued_at


def test_an_hour_is_the_default(world, ann):
    result = assume(ann, world.add_role("Lesson"))
    assert _lasts(world, result) == timedelta(hours=1)
    assert result["Credentials"]["Expiration"] == ann.now + timedelta(hours=1)


def test_fifteen_minutes_are_the_least(world, ann):
    role = world.add_role("Lesson")
    assert _lasts(world, assume(ann, role, DurationSeconds=900)) == timedelta(minutes=15)
    error = refused(ann, role, DurationSeconds=899)
    assert error.code == "ValidationError"
    assert "greater than or equal to 900" in error.message


def test_a_roles_maximum_is_the_most(world, ann):
    role = world.add_role("Lesson")
    error = refused(ann, role, DurationSeconds=3601)
    assert error.code == "ValidationError"
    assert error.message == (
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    )
    world.do("UpdateRole", RoleName="Lesson", MaxSessionDuration=43200)
    assert _lasts(world, assume(ann, role, DurationSeconds=43200)) == timedelta(hours=12)


def test_a_chain_lasts_an_hour_at_most_though_the_role_allows_more(world, ann):
    role = world.add_role("Lesson", "*")
    world.do("UpdateRole", RoleName="Lesson", MaxSessionDuration=43200)
    session = session_from(world, assume(ann, role, DurationSeconds=43200))
    assert _lasts(world, assume(session, role, DurationSeconds=3600)) == timedelta(hours=1)
    error = refused(session, role, DurationSeconds=3601)
    assert "1 hour session limit for roles assumed by role chaining" in error.message


def test_a_consoles_switch_lasts_as_long_as_the_role_allows(world, ann):
    role = world.add_role("Lesson")
    assert _lasts(world, assume(signed_in(world, ann), role)) == timedelta(hours=1)
    world.do("UpdateRole", RoleName="Lesson", MaxSessionDuration=28800)
    assert _lasts(world, assume(signed_in(world, ann), role)) == timedelta(hours=8)


def test_a_consoles_switch_never_outlives_the_sign_in(world, ann):
    role = world.add_role("Lesson")
    world.do("UpdateRole", RoleName="Lesson", MaxSessionDuration=43200)
    console = signed_in(world, ann)
    evening = later(world, hours=11, minutes=30)
    late = replace(console, origin=evening.origin)
    session = session_from(evening, assume(late, role))
    assert session.expires_at == console.expires_at
    assert session.issued_at is not None
    assert console.expires_at is not None
    assert console.expires_at - session.issued_at == timedelta(minutes=30)
