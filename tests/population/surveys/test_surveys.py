"""Planning a survey, entering its days, correcting and closing."""

from datetime import date, timedelta

import pytest

from mekhala.core.wrong_input import WrongInput
from mekhala.population.surveys import queries, services
from mekhala.population.surveys.errors import (
    AlreadyEntered,
    NotYourRole,
    RecordedMeanwhile,
    RoundClosed,
)
from mekhala.population.surveys.models import DayTally
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_surveys import (
    AT,
    FIRST,
    csv_of,
    entered,
    figures,
    frame,
    planned_round,
    posts,
    statistician,
    survey,
)
from tests.log import Entry

SECOND = FIRST + timedelta(days=1)


@pytest.fixture
def planned(db):
    return survey()


def _correct(made, seen, counted, by, reason="mistyped"):
    return services.correct_day(of=made, seen=seen, figures=counted, reason=reason, by=by, at=AT)


def test_a_size_of_the_frame_needs_its_source(db):
    by = statistician()
    with pytest.raises(WrongInput, match="size_source: is empty"):
        frame(by, size_source=" ")
    assert frame(by, size=None, size_source="").size is None


def test_who_is_not_covered_is_never_left_out(db):
    with pytest.raises(WrongInput, match=r"^not_covered"):
        frame(statistician(), not_covered="")


def test_a_round_needs_a_day_at_a_post_and_ends_after_it_begins(db):
    by = statistician()
    of = frame(by)
    with pytest.raises(WrongInput, match=r"^posts: no day is planned"):
        planned_round(of, [], by=by)
    at = posts(of, by=by)
    with pytest.raises(WrongInput):
        planned_round(of, at, by=by, ends_on=FIRST - timedelta(days=1))
    with pytest.raises(WrongInput, match="of another frame"):
        planned_round(frame(by), at, by=by)


def test_a_day_is_entered_once_and_corrected_with_the_earlier_figures_kept(planned):
    by, made, at = planned
    first = entered(made, at["North"], by=by)
    with pytest.raises(AlreadyEntered):
        entered(made, at["North"], counted=figures(41), by=by)
    _correct(made, first, figures(42), by)
    found = queries.versions(made, at["North"].pk, FIRST)
    assert [(v.version, v.screened, v.reason) for v in found] == [(2, 42, "mistyped"), (1, 40, "")]
    assert [day.screened for day in queries.days_of(made)] == [42]


def test_a_correction_says_why_in_a_code_and_changes_something(planned):
    by, made, at = planned
    day = entered(made, at["North"], by=by)
    with pytest.raises(WrongInput, match=r"^reason: 'She said so' is not known"):
        _correct(made, day, figures(42), by, reason="She said so")
    with pytest.raises(WrongInput, match=r"^figures: are as they were"):
        _correct(made, day, figures(), by)


def test_two_officers_do_not_correct_over_each_other(planned):
    by, made, at = planned
    day = entered(made, at["North"], by=by)
    _correct(made, day, figures(42), by)
    with pytest.raises(RecordedMeanwhile):
        _correct(made, day, figures(43), by)


def test_a_day_taken_back_counts_for_nothing_and_may_be_entered_again(planned):
    by, made, at = planned
    day = entered(made, at["North"], by=by)
    services.take_back_day(of=made, seen=day, by=by, at=AT)
    assert queries.days_of(made) == []
    assert queries.board(made, by).coverage.days_worked == 0
    again = entered(made, at["North"], counted=figures(39), by=by)
    assert (again.version, again.reason) == (3, "entered_again")


def test_a_closed_round_takes_no_day_and_is_still_corrected(planned):
    by, made, at = planned
    day = entered(made, at["North"], by=by)
    services.close_round(of=made, by=by, at=AT)
    with pytest.raises(RoundClosed):
        entered(made, at["South"], by=by)
    with pytest.raises(RoundClosed):
        services.close_round(of=made, by=by, at=AT)
    assert _correct(made, day, figures(41), by).version == 2


@pytest.mark.parametrize("on", [FIRST - timedelta(days=1), date(2026, 3, 30), date(2026, 4, 2)])
def test_a_day_outside_the_round_is_refused(planned, on):
    by, made, at = planned
    with pytest.raises(WrongInput, match="is no day of this round yet; expected 2026-03-02 to"):
        entered(made, at["North"], on, by=by)


def test_a_day_that_has_not_come_is_refused(planned):
    by, made, at = planned
    early = AT.replace(day=3)
    with pytest.raises(WrongInput, match="expected 2026-03-02 to 2026-03-03"):
        services.enter_day(
            of=made, at_post=at["North"], on=date(2026, 3, 4), figures=figures(), by=by, at=early
        )


def test_only_the_agency_that_works_the_survey_enters_its_days(planned):
    by, made, at = planned
    colleague = officer(Role.REGISTRAR, at=by.agency)
    assert entered(made, at["North"], by=colleague).pk
    for other in (statistician(), officer(Role.REGISTRAR), officer(Role.AUTHORITY, at=by.agency)):
        with pytest.raises(NotYourRole):
            entered(made, at["South"], by=other)


def test_each_reads_the_surveys_of_the_role(planned):
    by, made, _at = planned
    for who in (by, statistician(), officer(Role.REGISTRAR, at=by.agency)):
        assert list(queries.rounds_for(who)) == [made]
    for who in (officer(Role.REGISTRAR), officer(Role.FIRST_RESPONDER, at=by.agency)):
        assert not queries.rounds_for(who)


def _load(made, text, by, **more):
    return services.load_days(of=made, text=text, file_name="days.csv", by=by, at=AT, **more)


def test_a_file_is_looked_at_and_then_taken_whole(planned):
    by, made, _at = planned
    text = csv_of(("North", FIRST, figures()), ("South", FIRST, figures(refused=None)))
    assert _load(made, text, by, only_check=True).added == 2
    assert not DayTally.objects.exists()
    assert _load(made, text, by).people == 80
    again = _load(made, text, by)
    assert (again.added, again.unchanged, DayTally.objects.count()) == (0, 2, 2)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("North", FIRST, figures(approached=1))], "days.csv: row 2, approached: is 1, but"),
        ([("North", FIRST, figures()), ("West", FIRST, figures())],
         "days.csv: row 3, column post: 'West' is no post of this round; expected North or South"),
        ([("North", "2026-3-2", figures())], "days.csv: row 2, column on: '2026-3-2' is not a day"),
        ([("North", date(2026, 5, 1), figures())], "days.csv: row 2, column on: 2026-05-01 is no"),
        ([("North", FIRST, figures())] * 2, "days.csv: row 3: the post and day of days.csv: row 2"),
        ([], "days.csv: holds no day"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_in_one_sentence_and_nothing_of_it_is_kept(planned, rows, words):
    by, made, _at = planned
    with pytest.raises(WrongInput) as told:
        _load(made, csv_of(("South", SECOND, figures()), *rows)
              .replace(f"South,{SECOND}," + "48,5,3,40,4,6,30,0,,,,,,,,\n", "", 1), by)  # fmt: skip
    assert str(told.value).startswith(words)
    assert "\n" not in str(told.value)
    assert not DayTally.objects.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [("4.5", "'4.5' is not a whole number"), ("", "'' is not a whole number"), ("៤", "'៤' is not")],
)
def test_a_cell_that_is_no_number_is_named(planned, given, words):
    by, made, _at = planned
    text = csv_of(("North", FIRST, figures())).replace(",40,4,", f",40,{given},")
    with pytest.raises(WrongInput, match=f"^days.csv: row 2, column strong: {words}"):
        _load(made, text, by)


def test_a_file_does_not_write_over_what_stands_there(planned):
    by, made, at = planned
    entered(made, at["North"], by=by)
    with pytest.raises(WrongInput, match="row 2: this post and day has other figures"):
        _load(made, csv_of(("North", FIRST, figures(41))), by)


def test_every_act_is_in_the_log_without_a_word_of_anybody(planned):
    by, made, at = planned
    _correct(made, entered(made, at["North"], by=by), figures(42), by)
    services.close_round(of=made, by=by, at=AT)
    log = list(Entry.objects.filter(act__startswith="surveys.").order_by("id"))
    assert [entry.act for entry in log] == [
        "surveys.frame_made", "surveys.post_added", "surveys.post_added", "surveys.round_made",
        "surveys.day_entered", "surveys.day_corrected", "surveys.round_closed",
    ]  # fmt: skip
    assert log[-2].details == {"round": made.pk, "reason": "mistyped", "version": 2}
    assert "river" not in str([entry.details for entry in log])
