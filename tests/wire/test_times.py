"""Times as AWS writes them."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from iam.wire.times import basic, iso8601

_ZONES = st.integers(-720, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2400, 1, 1), timezones=_ZONES)


@given(_MOMENTS)
def test_a_time_is_written_in_utc_to_the_second(moment: datetime) -> None:
    at = moment.astimezone(UTC)
    assert iso8601(moment) == at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert basic(moment) == at.strftime("%Y%m%dT%H%M%SZ")
