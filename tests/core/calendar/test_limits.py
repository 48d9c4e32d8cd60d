"""Limits run out when the law says, on the clock of Phnom Penh; the alarm is before, not after."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.calendar.lengths import Length, half_of_years, later, length_of
from mekhala.core.calendar.limits import (
    Kind,
    Offence,
    alarm_due,
    clock,
    detention_clock,
    limits,
    limits_that_may_hold,
    runs_out,
)
from mekhala.core.calendar.working_days import holidays, is_working_day
from mekhala.core.law import library
from mekhala.core.reasoning.fair_trial.flags import limit_of

PHNOM_PENH = ZoneInfo("Asia/Phnom_Penh")
ZONES = [timezone(timedelta(hours=h)) for h in (-11, 0, 7, 14)] + [ZoneInfo("Europe/Paris")]
instants = st.datetimes(
    datetime(2008, 1, 1), datetime(2030, 12, 31), timezones=st.sampled_from(ZONES)
)
every_limit = st.sampled_from(list(limits().values()))


def at(*parts):
    return datetime(*parts, tzinfo=PHNOM_PENH)


@given(every_limit, instants, st.integers(0, 4))
def test_an_alarm_is_never_after_its_limit_nor_before_its_beginning(limit, since, extensions):
    running = clock(limit, since, extensions=extensions)
    assert since <= running.alarm_at <= running.runs_out_at
    assert limit.length is None or running.alarm_at < running.runs_out_at


@given(every_limit, instants, st.sampled_from(ZONES), st.integers(0, 2))
def test_the_zone_an_instant_is_written_in_changes_nothing(limit, since, zone, extensions):
    there = since.astimezone(zone)
    one, other = (clock(limit, i, extensions=extensions) for i in (since, there))
    assert (one.alarm_at, one.runs_out_at) == (other.alarm_at, other.runs_out_at)


@given(every_limit, instants, st.integers(0, 3))
def test_an_extension_never_ends_a_limit_earlier_and_one_too_many_adds_nothing(limit, since, n):
    assert runs_out(limit, since, extensions=n) <= runs_out(limit, since, extensions=n + 1)
    most = len(limit.extensions)
    assert runs_out(limit, since, extensions=most) == runs_out(limit, since, extensions=most + 5)


@given(instants, instants)
def test_who_is_held_later_is_not_released_earlier(one, other):
    first, second = sorted((one, other))
    for limit in limits().values():
        assert runs_out(limit, first) <= runs_out(limit, second)


@given(instants)
def test_custody_is_forty_eight_hours_across_midnight_month_and_year(since):
    held = limits()["police_custody"]
    assert runs_out(held, since) - since == timedelta(hours=48)
    assert runs_out(held, since, extensions=1) - since == timedelta(hours=72)


@given(instants)
def test_an_alarm_for_a_working_day_falls_on_one_or_at_the_very_beginning(since):
    for limit in (each for each in limits().values() if each.alarm_on_a_working_day):
        told = clock(limit, since).alarm_at
        assert told == since or is_working_day(told.date())


@pytest.mark.parametrize(
    ("code", "since", "extensions", "end"),
    [
        ("police_custody", at(2028, 2, 28, 23, 50), 0, at(2028, 3, 1, 23, 50)),
        ("police_custody", at(2027, 2, 27, 23, 50), 0, at(2027, 3, 1, 23, 50)),
        ("police_custody", datetime(2026, 12, 30, 17, 0, tzinfo=UTC), 1, at(2027, 1, 3)),
        ("pre_trial_felony", at(2027, 8, 31, 9), 0, at(2028, 2, 29, 9)),
        ("pre_trial_felony", at(2027, 8, 31, 9), 1, at(2028, 8, 31, 9)),
        ("pre_trial_felony", at(2027, 8, 31, 9), 2, at(2029, 2, 28, 9)),
        ("pre_trial_misdemeanour", at(2026, 10, 31, 9), 0, at(2027, 2, 28, 9)),
        ("immediate_appearance", at(2028, 2, 20, 8), 0, at(2028, 3, 5, 8)),
        ("appeal", at(2026, 1, 31, 16), 0, at(2026, 3, 1)),
        ("appeal", at(2028, 1, 31, 16), 0, at(2028, 3, 1)),
        ("appeal", at(2026, 4, 10, 0, 0), 0, at(2026, 5, 11)),
        ("call_of_the_lawyer", at(2026, 4, 10, 15), 0, at(2026, 4, 16)),
        ("pre_trial_under_14", at(2026, 4, 10, 15), 3, at(2026, 4, 10, 15)),
    ],
)
def test_runs_out_on_the_day_a_lawyer_would_count(code, since, extensions, end):
    assert runs_out(limits()[code], since, extensions=extensions) == end


def test_an_alarm_that_would_fall_into_the_new_year_feast_comes_before_it():
    feast = [date(2026, 4, 14) + timedelta(days=n) for n in range(3)]
    assert all(day in holidays() for day in feast)
    assert clock(limits()["appeal"], at(2026, 3, 26, 10)).alarm_at == at(2026, 4, 13, 8)


def test_half_of_the_least_sentence_ends_detention_where_it_is_shorter():
    limit, since = limits()["pre_trial_misdemeanour"], at(2026, 1, 15, 9)
    assert runs_out(limit, since, least_sentence_years=0.5) == at(2026, 4, 15, 9)
    assert runs_out(limit, since, least_sentence_years=2) == at(2026, 5, 15, 9)
    assert runs_out(limits()["pre_trial_felony"], since, least_sentence_years=0.5) == at(
        2026, 7, 15, 9
    )
    assert half_of_years(0.25) == Length(months=1, hours=14 * 24)


@given(st.sampled_from(Kind), instants, st.integers(14, 60), st.sampled_from([None, *Offence]))
def test_somebody_whose_age_nobody_knows_is_minded_as_early_as_anybody(kind, since, age, charge):
    unknown = detention_clock(kind, since, age=None, charged_with=charge)
    known = detention_clock(kind, since, age=age, charged_with=charge)
    assert unknown.alarm_at <= known.alarm_at
    assert unknown.runs_out_at <= known.runs_out_at


def test_nobody_under_fourteen_may_be_held_at_all():
    since = at(2026, 4, 10, 15)
    for kind in (Kind.CUSTODY, Kind.PRE_TRIAL):
        held = detention_clock(kind, since, age=13, charged_with=Offence.FELONY, extensions=1)
        assert held.is_due(since)
        assert held.is_over(since)


def test_custody_is_extended_for_a_felony_only():
    since = at(2026, 4, 10, 15)
    hours = {
        charge: detention_clock(
            Kind.CUSTODY, since, age=30, charged_with=charge, extensions=1
        ).runs_out_at
        - since
        for charge in (*Offence, None)
    }
    assert hours[Offence.MISDEMEANOUR] == timedelta(hours=48)
    assert hours[Offence.FELONY] == hours[None] == timedelta(hours=72)


def test_an_alarm_is_due_while_there_is_still_time():
    held = clock(limits()["police_custody"], at(2026, 4, 10, 15))
    assert not held.is_due(at(2026, 4, 12, 2, 59))
    assert held.is_due(at(2026, 4, 12, 3))
    assert not held.is_over(at(2026, 4, 12, 14, 59))
    assert held.is_over(at(2026, 4, 12, 15))


def test_which_limits_may_hold_goes_by_age_and_charge():
    def codes(age, charge):
        found = limits_that_may_hold(Kind.PRE_TRIAL, age=age, charged_with=charge)
        return {each.code for each in found}

    assert codes(18, Offence.FELONY) == {"pre_trial_felony"}
    assert codes(17, Offence.MISDEMEANOUR) == {"pre_trial_minor_misdemeanour"}
    assert codes(14, Offence.FELONY) == {"pre_trial_minor_felony"}
    assert codes(13, None) == {"pre_trial_under_14"}
    assert codes(None, Offence.FELONY) == {"pre_trial_felony", "pre_trial_minor_felony"}


def test_each_limit_says_where_it_comes_from_and_that_nobody_checked():
    for limit in limits().values():
        assert limit.source
        assert limit.runs_from
        assert limit.verified is False
        assert library.articles_of(limit.statute, limit.article)


def test_limits_agree_with_the_statute_and_with_the_flag_about_custody():
    clocks = {each.article: each.limit for each in library.clocks()}
    for limit in limits().values():
        told = clocks.get(limit.article)
        if told is None or limit.length is None:
            continue
        whole = (limit.length, *limit.extensions) if limit.code == "pre_trial_felony" else ()
        months = sum(each.months for each in whole) or limit.length.months
        days = limit.length.days // (7 if told.unit == "weeks" else 1)
        assert told.amount == {"months": months, "hours": limit.length.hours}.get(told.unit, days)
    custody = limits()["police_custody"]
    assert limit_of("unlawful_custody", "hours") == custody.length.hours
    longest = custody.length.hours + custody.extensions[0].hours
    assert limit_of("unlawful_custody", "hours_with_extension") == longest


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ({"days": 3}, Length(days=3)), ({"weeks": 2}, Length(days=14)),
        ({"months": 6}, Length(months=6)), ({"hours": 48}, Length(hours=48)),
    ],
)  # fmt: skip
def test_a_length_is_read_in_the_unit_procedure_writes_it_in(written, meant):
    assert length_of(written) == meant


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match=r"^start has no time zone; expected an instant$"):
        later(datetime(2026, 1, 1), Length(days=1), PHNOM_PENH)


def test_a_morning_at_work_is_the_same_morning_or_the_last_one_before():
    wednesday = at(2026, 3, 11, 8)
    limit = limits()["appeal"]
    early = replace(limit, alarm=Length(days=1))
    for end, told in (
        (at(2026, 3, 12, 8), wednesday),  # a day before is the morning itself
        (at(2026, 3, 12, 7, 59), at(2026, 3, 10, 8)),  # before the office opens: yesterday
        (at(2026, 3, 12, 23), wednesday),
    ):
        assert alarm_due(early, at(2026, 1, 5), end) == told


def test_an_alarm_may_be_set_months_before():
    limit = replace(limits()["pre_trial_felony"], alarm=Length(months=2))
    limit = replace(limit, alarm_on_a_working_day=False)
    assert alarm_due(limit, at(2026, 1, 5), at(2026, 7, 5)) == at(2026, 5, 5)


def test_detention_is_taken_as_not_extended_unless_somebody_says_so():
    since, felony = at(2026, 3, 9, 10), Offence.FELONY
    held = detention_clock(Kind.CUSTODY, since, age=30, charged_with=felony)
    assert held.runs_out_at == since + timedelta(hours=48)


@pytest.mark.parametrize("kind", [Kind.CUSTODY, Kind.PRE_TRIAL])
@pytest.mark.parametrize("charge", [None, *Offence])
def test_of_all_that_may_hold_the_earliest_alarm_is_the_one_that_rings(kind, charge):
    since = at(2026, 3, 9, 10)
    held = detention_clock(kind, since, age=None, charged_with=charge)
    may_hold = limits_that_may_hold(kind, age=None, charged_with=charge)
    alarms = [clock(limit, since).alarm_at for limit in may_hold]
    assert held.alarm_at == min(alarms)
    assert held.runs_out_at == min(clock(limit, since).runs_out_at for limit in may_hold)


def test_who_extends_and_where_only_a_longer_limit_is_known_is_told_as_it_was_written():
    told = {code: limit.extended_by for code, limit in limits().items() if limit.extended_by}
    assert told.keys() == {"police_custody", "pre_trial_felony", "pre_trial_misdemeanour"}
    assert told["police_custody"] == "the prosecutor, in writing, with reasons, on the file"
    assert {code for code, limit in limits().items() if limit.at_most} == {
        "police_custody_minor", "pre_trial_minor_felony", "pre_trial_minor_misdemeanour",
    }  # fmt: skip
