"""No word about an accused ever goes beyond what was recorded."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.pathway.justice import ladder, queries, services
from mekhala.pathway.justice.errors import DaysOutOfOrder, MoveNotAllowed
from mekhala.pathway.justice.models import Stage, Step
from tests.builders_justice import AT, COMPLAINT_ON, DAYS, accused, court_officer

JUDGED = {Stage.CONVICTED_NOT_FINAL, Stage.CONVICTED}


@st.composite
def ways(draw):
    """A way up the ladder by allowed moves, as far as chance goes."""
    way, stage = [], None
    while (open_to := ladder.moves_from(stage)) and draw(st.booleans() | st.just(True)):
        stage = draw(st.sampled_from(open_to))
        way.append(stage)
        if len(way) > 12:
            break
    return way


@given(ways())
def test_no_allowed_way_leads_to_a_word_that_was_not_recorded(way):
    steps = [Step(stage=stage, on=COMPLAINT_ON) for stage in way]
    last = ladder.stage_after(steps)
    told = " ".join(ladder.word_for(step, last=last) for step in steps).lower()
    assert last == (way[-1] if way else None)
    assert ("convicted" in told) == (last in JUDGED)
    assert ("not final" in told) <= (Stage.CONVICTED_NOT_FINAL in way)


@given(ways())
def test_nobody_is_finally_judged_without_charge_trial_and_open_appeal(way):
    if Stage.CONVICTED in way:
        assert way[2:5] == [Stage.CHARGED, Stage.ACCUSED, Stage.CONVICTED_NOT_FINAL]
    again = {Stage.ACCUSED, Stage.CONVICTED_NOT_FINAL, Stage.CONVICTED}  # after a retrial
    assert all(way.count(stage) == 1 for stage in set(way) - again)


def test_what_has_not_happened_is_offered_as_an_act_and_not_as_a_word_for_the_person():
    assert set(ladder.HAPPENED) == set(Stage) == {s for s in ladder.MOVES if s}
    assert not any("convict" in str(words).lower() for words in ladder.HAPPENED.values())


def test_the_first_rung_is_complained_of_and_no_more(db):
    one = accused(court_officer())
    assert queries.stage_word(one) == "Named in a complaint"


def test_refuses_to_skip_a_rung_and_says_what_can_follow(db):
    by = court_officer()
    one = accused(by, upto=Stage.SUSPECT)
    with pytest.raises(MoveNotAllowed, match="can follow: Charged by the prosecutor, Case dropped"):
        services.record_step(one, Stage.ACCUSED, DAYS[1], by=by, at=AT)
    assert queries.stage_word(one) == "Suspect"


@pytest.mark.parametrize("end", [s for s in Stage if not ladder.moves_from(s)])
def test_nothing_follows_an_end(db, end):
    by = court_officer()
    one = accused(by, upto=end)
    for stage in Stage:
        with pytest.raises(MoveNotAllowed, match="Nothing follows"):
            services.record_step(one, stage, DAYS[-1], by=by, at=AT)


def test_refuses_a_day_before_the_last_step_or_still_to_come(db):
    by = court_officer()
    one = accused(by, upto=Stage.SUSPECT)
    for day in (DAYS[0] - timedelta(days=1), (AT + timedelta(days=3)).date()):
        with pytest.raises(DaysOutOfOrder):
            services.record_step(one, Stage.CHARGED, day, by=by, at=AT)


def test_a_judgment_set_aside_on_appeal_is_no_longer_told_as_a_conviction(db):
    by = court_officer()
    one = accused(by, upto=Stage.CONVICTED_NOT_FINAL)
    services.record_step(one, Stage.ACQUITTED, DAYS[5], by=by, at=AT)
    told = [word for _step, word in queries.rungs(one)]
    assert told[-2:] == ["Earlier judgment, set aside", "Acquitted"]
    assert queries.stage_word(one) == "Acquitted"


def test_only_the_judgment_that_was_set_aside_is_told_as_such_after_a_retrial():
    way = [Stage.ACCUSED, Stage.CONVICTED_NOT_FINAL, Stage.ACCUSED, Stage.CONVICTED_NOT_FINAL]
    steps = [Step(stage=stage, on=on) for stage, on in zip(way, DAYS, strict=False)]
    assert ladder.was_set_aside(steps, judged_on=DAYS[1])
    assert not ladder.was_set_aside(steps, judged_on=DAYS[3])
    assert not ladder.was_set_aside(steps[:2], judged_on=DAYS[1])
    assert not ladder.was_set_aside(steps[:3], judged_on=DAYS[3])
