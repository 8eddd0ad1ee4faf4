"""What students may do and until when: the assignment's times with what each is granted."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.classes.models import Assignment, Class
from console.classes.terms import Leeway, terms_for
from console.labs.attempts import Terms, packed_terms, terms_of
from console.labs.models import Attempt

MORNING = datetime(2026, 10, 25, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_due_date_after_the_students_own_end_is_not_theirs():
    early, late = MORNING, MORNING + HOUR
    assert Terms(due=late, closes=early).own_due is None
    assert Terms(due=early, closes=late).own_due == Terms(due=early).own_due == early


def exam(**settings: object) -> Assignment:
    times = {"opens": MORNING, "closes": MORNING + 2 * HOUR}
    return Assignment(mode="exam", **{**times, **settings})


@pytest.mark.parametrize(
    ("assignment", "grant", "started_at", "closes"),
    [
        (exam(), Leeway(), None, MORNING + 2 * HOUR),
        (exam(closes=None), Leeway(), None, None),
        (exam(extra_minutes=10), Leeway(), None, MORNING + 2 * HOUR + HOUR / 6),
        (exam(), Leeway(minutes=30), None, MORNING + 2.5 * HOUR),
        (exam(), Leeway(percent=25), None, MORNING + 2.5 * HOUR),
        (exam(), Leeway(closes=MORNING + 5 * HOUR), None, MORNING + 5 * HOUR),
        (exam(), Leeway(closes=MORNING), None, MORNING + 2 * HOUR),
        (exam(start_by_button=True, minutes=60), Leeway(), None, MORNING + 2 * HOUR),
        (exam(start_by_button=True, minutes=60), Leeway(), MORNING, MORNING + HOUR),
        (exam(start_by_button=True, minutes=60), Leeway(percent=50), MORNING, MORNING + 1.5 * HOUR),
        (
            exam(start_by_button=True, minutes=60),
            Leeway(),
            MORNING + 1.5 * HOUR,
            MORNING + 2 * HOUR,
        ),
        (exam(start_by_button=True, closes=None), Leeway(), MORNING, None),
        (Assignment(mode="graded", closes=MORNING), Leeway(percent=50), None, MORNING),
    ],
    ids=[
        "as set",
        "no close",
        "minutes for all",
        "minutes for one",
        "a quarter more time",
        "a later close for one",
        "an extension never takes time away",
        "own time has not begun",
        "own time",
        "half more of it",
        "own time ends at the close",
        "a button without minutes",
        "extra time is for exams",
    ],
)
def test_work_ends(assignment, grant, started_at, closes):
    assert terms_for(assignment, grant, started_at).closes == closes


def test_extra_minutes_move_the_due_date_with_the_close():
    terms = terms_for(exam(due=MORNING + HOUR, extra_minutes=10))
    assert terms.due == MORNING + HOUR + timedelta(minutes=10)


ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"]
)
TIMES = st.none() | st.datetimes(
    datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=ZONES.map(ZoneInfo)
)
MINUTES = st.integers(0, 600)
LEEWAYS = st.builds(Leeway, due=TIMES, closes=TIMES, minutes=MINUTES, percent=st.integers(0, 200))
ASSIGNMENTS = st.builds(
    Assignment,
    course_class=st.just(Class(name="7b")),
    mode=st.sampled_from(["practice", "graded", "exam"]),
    opens=TIMES,
    due=TIMES,
    closes=TIMES,
    start_by_button=st.booleans(),
    minutes=st.none() | MINUTES,
    extra_minutes=MINUTES,
)


def not_before(later: datetime | None, earlier: datetime | None) -> bool:
    return later is None or (earlier is not None and later >= earlier)


@given(ASSIGNMENTS, LEEWAYS, TIMES)
def test_nobody_has_less_time_for_being_granted_some(assignment, grant, started_at):
    usual, granted = (
        terms_for(assignment, Leeway(), started_at),
        terms_for(assignment, grant, started_at),
    )
    assert not_before(granted.due, usual.due)
    assert not_before(granted.closes, usual.closes)


@given(ASSIGNMENTS, LEEWAYS, TIMES, ZONES)
def test_terms_are_the_same_in_every_time_zone(assignment, grant, started_at, zone):
    def moved(time: datetime | None) -> datetime | None:
        return time and time.astimezone(ZoneInfo(zone))

    before = terms_for(assignment, grant, started_at)
    for name in ("opens", "due", "closes"):
        setattr(assignment, name, moved(getattr(assignment, name)))
    elsewhere = Leeway(moved(grant.due), moved(grant.closes), grant.minutes, grant.percent)
    after = terms_for(assignment, elsewhere, moved(started_at))
    for name in ("opens", "due", "closes"):
        ends = getattr(before, name), getattr(after, name)
        assert [one and one.astimezone(UTC) for one in ends[:1]] == [
            one and one.astimezone(UTC) for one in ends[1:]
        ]


@given(ASSIGNMENTS, LEEWAYS, TIMES, TIMES)
def test_terms_are_read_as_they_were_stored(assignment, grant, started_at, handed_in):
    terms = terms_for(assignment, grant, started_at, handed_in)
    assert terms_of(Attempt(terms=packed_terms(terms))) == terms


def test_work_without_a_class_has_no_terms_to_store():
    assert packed_terms(Terms()) == {}


def test_an_hour_more_is_an_hour_when_the_clocks_change():
    berlin = ZoneInfo("Europe/Berlin")
    assignment = exam(closes=datetime(2026, 10, 25, 2, 30, tzinfo=berlin), extra_minutes=60)
    assert terms_for(assignment).closes == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
