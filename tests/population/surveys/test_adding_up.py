"""The figures of a day add up, in words before they are kept and in the database for good."""

from dataclasses import asdict, replace

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mekhala.core.wrong_input import WrongInput
from mekhala.population.surveys.day_figures import MOST, NAMES, check, faults
from mekhala.population.surveys.models import DayTally
from tests.builders_surveys import AT, FIRST, entered, figures, survey

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
PEOPLE = st.integers(0, 500)
MAYBE = st.none() | PEOPLE


@st.composite
def adding_up(draw):
    """Figures as an honest day gives them."""
    grades = [draw(PEOPLE) for _ in range(4)]
    refused, missed, screened = draw(MAYBE), draw(MAYBE), sum(grades)
    known = screened + (refused or 0) + (missed or 0)
    approached = known
    if None in (refused, missed):
        approached = draw(st.none() | st.integers(known, known + 50))
    counts = dict(zip(("strong", "some", "none", "unclear"), grades, strict=True))
    second = {}
    for grade, found in counts.items():
        if draw(st.booleans()):
            examined = draw(st.integers(0, found))
            second |= {f"{grade}_examined": examined,
                       f"{grade}_confirmed": draw(st.integers(0, examined))}  # fmt: skip
    return figures(
        screened, counts["strong"], counts["some"], counts["unclear"], refused, missed,
        **second | {"approached": approached, "none": counts["none"]},
    )  # fmt: skip


@CALM
@given(adding_up())
def test_whatever_adds_up_is_taken(counted):
    assert list(faults(counted)) == []


@CALM
@given(adding_up(), st.sampled_from(["screened", "strong", "some", "none", "unclear"]),
       st.integers(-3, 3).filter(bool))  # fmt: skip
def test_one_grade_moved_by_anybody_is_told(counted, name, by):
    moved = replace(counted, **{name: getattr(counted, name) + by})
    assert list(faults(moved))


@CALM
@given(adding_up().filter(lambda f: None not in (f.refused, f.missed)),
       st.sampled_from(["approached", "refused", "missed"]), st.integers(1, 3))  # fmt: skip
def test_one_part_of_those_approached_moved_by_anybody_is_told(counted, name, by):
    assert list(faults(replace(counted, **{name: getattr(counted, name) + by})))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"approached": 47}, "approached: is 47, but refused, missed and screened add up to 48; "
                             "expected the same number"),
        ({"approached": None}, "approached: is empty, but refused, missed and screened add up"),
        ({"strong": 5}, "screened: is 40, but the four grades add up to 41"),
        ({"missed": -1}, "missed: is -1; expected people, from 0 to"),
        ({"screened": MOST + 1}, "screened: is 100001"),
        ({"strong_examined": 2}, "strong_confirmed: examined and confirmed are given together"),
        ({"some_examined": 7, "some_confirmed": 0}, "some_examined: is 7, but 6 were found"),
        ({"some_examined": 2, "some_confirmed": 3}, "some_confirmed: is 3, but 2 were examined"),
    ],
)  # fmt: skip
def test_one_sentence_names_the_field_and_what_was_expected(wrong, words):
    with pytest.raises(WrongInput, match=r"^" + words):
        check(replace(figures(), **wrong))


def test_what_was_not_counted_is_not_zero():
    check(figures(refused=None))
    check(figures(refused=None, approached=60))
    with pytest.raises(WrongInput):
        check(figures(refused=None, approached=42))  # 40 screened and 3 missed are more


WRONG = [
    {"approached": 47}, {"approached": None}, {"refused": 6}, {"strong": 5}, {"screened": 41},
    {"strong_examined": 2}, {"strong_examined": 5, "strong_confirmed": 1},
    {"strong_examined": 2, "strong_confirmed": 3}, {"version": 2}, {"reason": "mistyped"},
    {"version": 2, "reason": "taken_back"}, {"refused": None, "approached": 42},
    {"unclear": -1, "none": 31},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_the_database_refuses_what_does_not_add_up(db, wrong):
    _by, _made, posts = survey()
    row = asdict(figures()) | {"at_post": posts["North"], "on": FIRST, "recorded_at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        DayTally.objects.create(**row | wrong)
    assert DayTally.objects.create(**row).pk


def test_the_database_lets_nobody_change_or_take_away_a_version(db):
    by, made, posts = survey()
    day = entered(made, posts["North"], by=by)
    for act in (lambda: DayTally.objects.update(strong=0, none=34), day.delete,
                lambda: made.__class__.objects.update(tool="Another")):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert DayTally.objects.get().strong == 4


def test_every_figure_has_a_column():
    assert set(NAMES) <= {field.name for field in DayTally._meta.get_fields()}
