"""Every clock of the room rings before its limit, whenever it began and whoever is held."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from mekhala.pathway.justice.clocks import Running, at_the_beginning_of, of_running
from mekhala.pathway.justice.models import OffenceClass

ZONES = [ZoneInfo(name) for name in ("Asia/Phnom_Penh", "UTC", "America/New_York")]
HERE = ZONES[0]
instants = st.datetimes(
    datetime(2008, 1, 1), datetime(2032, 12, 31), timezones=st.sampled_from(ZONES)
)
KINDS = ("custody", "pre_trial", "appeal")
unknown_or = st.sampled_from([None, True, False])


@given(
    st.sampled_from(KINDS), instants, unknown_or, unknown_or, st.sampled_from(["", *OffenceClass])
)
@example("custody", datetime(2028, 2, 28, 23, 59, tzinfo=HERE), None, None, "")
@example("pre_trial", datetime(2027, 8, 31, 9, tzinfo=HERE), False, False, "felony")
@example("appeal", datetime(2026, 3, 14, tzinfo=HERE), None, None, "")  # ends in the new year feast
def test_a_clock_rings_before_its_limit_and_not_before_it_began(kind, since, more, minor, offence):
    held = {"id": 1, "held_at": since.isoformat(), "released_at": None, "extended": more,
            "place": "police" if kind == "custody" else "prison", "was_minor": minor,
            "offence_class": str(offence)}  # fmt: skip
    one = Running(
        clock=kind, entry=1, accused="AC", proceeding="PR", since=since, parts=[held],
        released_on=[], officers=[],
    )  # fmt: skip
    runs = of_running(one)
    assert since <= runs.alarm_at < runs.runs_out_at
    assert runs.is_due(runs.alarm_at)
    assert not runs.is_over(runs.alarm_at)


@given(instants)
def test_a_day_of_a_judgment_begins_at_midnight_where_the_court_sits(instant):
    began = at_the_beginning_of(instant.date())
    assert began.astimezone(HERE).replace(tzinfo=None) == datetime(*instant.timetuple()[:3])
