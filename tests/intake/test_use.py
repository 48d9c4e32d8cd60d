"""How forms are used is counted without practice, and tells no small number of people."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.forms.models import Submission
from mekhala.intake.models import Taken
from mekhala.intake.use import SMALLEST, told, use_of
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer
from tests.builders_intake import FORM, sent, talk, talk_version
from tests.builders_retention import as_owner
from tests.builders_training import practised

TIMED = FORM.replace("| | text | note |", "| | end | ended_at | |\n| | text | note |")
MONTH = date(NOW.year, NOW.month, 1)


@given(st.lists(st.integers(0, 60), min_size=3, max_size=3), st.integers(0, 30))
def test_no_count_under_ten_is_told_nor_found_by_subtracting(counts, others):
    total = sum(counts) + others
    shown = told(counts, of=total)
    assert all(each is None or each == count for each, count in zip(shown, counts, strict=True))
    assert all(each is None or each >= SMALLEST for each in shown)
    if None in shown and set(shown) != {None}:
        assert total - sum(each for each in shown if each is not None) >= SMALLEST


def test_counts_from_ten_on_are_told():
    assert told([25, 12, 10], of=47) == [25, 12, 10]
    assert told([25, 12, 3], of=40) == [25, None, None]
    assert told([25, 3, 0], of=28) == [None, None, None]


@pytest.fixture
def month(db, acting):
    """An agency with two officers: twelve forms that take 5 minutes each, and two."""
    talk_version(text=TIMED)
    first = officer()
    second = officer(at=first.agency)
    for who, times in ((first, 12), (second, 2)):
        for n in range(times):
            form = sent(who, talk(f"uuid:{who.pk}-{n}", ended_at="2026-03-09T09:35:00.000+07:00"))
            Taken.objects.create(
                submission=form,
                number=form.number,
                state="done",
                taken_at=NOW,
                advice="refer" if n < 11 else "unsure",
                figures={"refused": 3, "missed": 0},
            )
        practised(who, talk(f"uuid:p{who.pk}"))
    return first, second


def test_the_authority_sees_forms_and_times_and_no_outcome_of_one_officer(month):
    become(officer(Role.AUTHORITY).pk)
    of_all, *of_each = use_of(MONTH, MONTH)
    assert (of_all.officer, of_all.sent, of_all.quarters) == ("", 14, (300, 300, 300))
    assert sorted(row.sent for row in of_each) == [2, 12]
    assert [row.officer for row in of_each] == sorted(row.officer for row in of_each)
    assert {row.refer for row in of_each} == {row.missed for row in of_each} == {None}
    assert {row.sent: row.quarters for row in of_each}[2] is None
    assert (of_all.refer, of_all.unsure) == (None, None)  # 13 and 1: the one would be seen
    assert (of_all.refused, of_all.missed) == (42, None)


def test_an_administrator_sees_the_own_agency_and_nobody_else_sees_any(month):
    first, _second = month
    for who, rows in (
        (officer(Role.ADMINISTRATOR, at=first.agency), 3), (officer(Role.ADMINISTRATOR), 0),
        (first, 0), (officer(Role.STATISTICIAN), 0), (None, 0),
    ):  # fmt: skip
        become(who.pk if who else None)
        assert len(use_of(MONTH, MONTH)) == rows


def test_held_and_replaced_forms_and_other_months_are_not_counted(month):
    first, _second = month
    become(first.pk)
    ids = list(Submission.objects.filter(received_from=first, is_practice=False)[:2])
    as_owner(f"update questionnaires_submission set state = 'held' where id = {ids[0].pk}")
    as_owner(f"update questionnaires_submission set state = 'replaced' where id = {ids[1].pk}")
    become(officer(Role.AUTHORITY).pk)
    assert use_of(MONTH, MONTH)[0].sent == 12
    assert use_of(date(NOW.year - 1, 1, 1), date(NOW.year - 1, 12, 1)) == []
