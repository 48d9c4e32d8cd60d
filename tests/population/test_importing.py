"""A file is taken in batches: no row is lost and none taken twice, whatever stops it."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mekhala.core.matching.mapping import shipped
from mekhala.core.wrong_input import WrongInput
from mekhala.population.linkage import importing, queries, services
from mekhala.population.linkage.errors import (
    AlreadyTaken,
    NamesNotAgreed,
    NoTokensNow,
    NotYourRole,
    TooFewLists,
)
from mekhala.population.linkage.importing import Said
from mekhala.population.linkage.models import AgencyList, KeptApart, Nesting
from mekhala.safeguards.agreements.errors import NoAgreement
from tests.builders import agency, officer
from tests.builders_agreements import agreement
from tests.builders_lists import surveyed
from tests.builders_population import statistician
from tests.log import Entry

HEADER = "record_id,full_name,sex,birth_date,event_date\n"


@pytest.fixture
def by(db, acting):
    who = statistician()
    acting(who)
    return who


def take(content, by, source="survey", said=None, mapping=None, **more):
    return importing.take_file(
        surveyed(content, mapping), source, said or Said(), by=by, clock=timezone.now, **more
    )


def people(count, start=0):
    return "".join(f"{n},X Y,f,1991,2025-03-0{n % 9 + 1}\n" for n in range(start, start + count))


def ids(taken, by):
    return [r["record_id"] for _pk, r in queries.records_of([taken.pk], by=by, at=timezone.now())]


def test_what_was_taken_and_kept_apart_is_every_row_of_the_file(by):
    taken = take(HEADER + people(3) + ",no id,f,,\n1,again,f,,\n9,=X,f,,\n", by)
    assert (taken.records, taken.rows_apart, taken.rows_read) == (3, 3, 6)
    found = KeptApart.objects.values_list("row", "column", "reason")
    assert list(found) == [
        (5, "record_id", "empty"), (6, "record_id", "duplicate"), (7, "full_name", "formula"),
    ]  # fmt: skip
    assert ids(taken, by) == ["0", "1", "2"]


def test_the_same_file_again_says_so_and_adds_nothing(by):
    take(HEADER + people(3), by)
    with pytest.raises(AlreadyTaken):
        take(HEADER + people(3), by)
    assert AgencyList.objects.count() == 1


class Killed(Exception):  # noqa: N818 - what happens to it
    """The process is gone."""


@pytest.mark.parametrize("after", [1, 2, 3])
def test_stopped_after_any_batch_it_goes_on_and_ends_as_if_never_stopped(by, monkeypatch, after):
    monkeypatch.setattr(importing, "BATCH", 4)
    content = HEADER + people(7) + "3,again,f,,\n" + people(6, start=20)

    def dies(done, _rows):
        if done >= after * 4:
            raise Killed

    with pytest.raises(Killed):
        take(content, by, told=dies)
    [begun] = AgencyList.objects.all()
    assert (begun.completed_at, begun.rows_read) == (None, after * 4)
    taken = take(content, by)
    assert (taken.pk, taken.records, taken.rows_apart) == (begun.pk, 13, 1)
    assert ids(taken, by) == [str(n) for n in [*range(7), *range(20, 26)]]


def test_a_batch_that_fails_in_its_middle_leaves_nothing_of_itself(by, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 4)
    real, calls = importing._count, []

    def fails_second(taken, rows):
        calls.append(1)
        if len(calls) == 2:
            raise Killed
        real(taken, rows)

    monkeypatch.setattr(importing, "_count", fails_second)
    with pytest.raises(Killed):
        take(HEADER + people(4) + ",x,f,,\n" + people(5, start=10), by)
    assert (AgencyList.objects.get().rows_read, KeptApart.objects.count()) == (4, 0)
    taken = take(HEADER + people(4) + ",x,f,,\n" + people(5, start=10), by)
    assert (taken.records, taken.rows_apart) == (9, 1)


lines = st.lists(
    st.one_of(
        st.sampled_from(["1,A B,f,,", "2,C D,,,", ",E F,,,", '3,"open,f,,', "4,=A1,f,,", "", "\0"]),
        st.text(max_size=20),
    ),
    max_size=25,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines, st.integers(0, 9), st.randoms(use_true_random=False))
def test_whatever_the_file_and_wherever_it_dies_the_same_rows_stand_in_the_end(
    by, monkeypatch, rows, deaths, chance
):
    monkeypatch.setattr(importing, "BATCH", 3)
    content = HEADER + f"first-{uuid4()},X Y,f,,\n" + "\n".join(rows)

    def dies(_done, _rows):
        if left and chance.random() < 0.5:
            left.pop()
            raise Killed

    left, taken = list(range(deaths)), None
    while taken is None:
        try:
            taken = take(content.encode("utf-8", "replace"), by, told=dies)
        except Killed:
            continue
    judged = list(surveyed(content.encode("utf-8", "replace")).judged("survey"))
    first: dict[str, int] = {}
    for row in judged:
        if row.record is not None:
            first.setdefault(row.record["record_id"], row.row)
    assert ids(taken, by) == list(first)
    apart = set(KeptApart.objects.filter(agency_list=taken).values_list("row", flat=True))
    assert apart == {row.row for row in judged} - set(first.values())
    assert taken.records + taken.rows_apart == len(judged)


def test_a_list_that_was_not_completed_is_not_joined(by):
    with pytest.raises(Killed):
        take(HEADER + people(3), by, told=_dies)
    services.take_list("record_id,source\n1,other\n", "o.csv", "other", by=by, at=timezone.now())
    with pytest.raises(TooFewLists):
        services.join(by=by, at=timezone.now())


def _dies(_done, _rows):
    raise Killed


def test_a_file_begun_with_one_mapping_does_not_go_on_with_another(by):
    with pytest.raises(Killed):
        take(HEADER + people(3), by, told=_dies)
    with pytest.raises(WrongInput, match="another mapping"):
        take(HEADER + people(3), by, mapping=shipped()["generic"])


def test_without_the_key_service_nothing_is_begun(by, settings):
    settings.KEYS_SOCKET = "nowhere"
    with pytest.raises(NoTokensNow):
        take(HEADER + people(3), by)
    assert not AgencyList.objects.exists()


def test_only_a_statistician_takes_a_file(db, acting):
    other = officer()
    acting(other)
    with pytest.raises(NotYourRole):
        take(HEADER + people(1), other)


def test_an_agencys_names_come_in_only_where_its_agreement_lets_them(by):
    house = agency(code="hotline")
    with pytest.raises(NoAgreement):
        take(HEADER + people(1), by, "hotline")
    agreement(house)
    with pytest.raises(NamesNotAgreed):
        take(HEADER + people(1), by, "hotline")
    agreement(house, elements=["identity", "open"])
    assert take(HEADER + people(1), by, "hotline").agency == house


def test_months_columns_and_cells_not_read_are_counted(by):
    rows = "1,X Y,f,1991,05/04/2025\n2,X Y,zz,1990,2025-04-01\n3,,f,,25/05/2025\n"
    taken = take(HEADER + rows, by)
    assert taken.months == {"2025-04": 2, "2025-05": 1}
    assert taken.filled["full_name"] == 2
    assert taken.unread == {"sex": {"not_read": 1}}


def test_what_the_mapping_says_of_the_list_stands_with_it(by):
    text = "Case ID,Name,Sex\n1,X Y,F\n"
    taken = take(text, by, "ngos", mapping=shipped()["ecpat"])
    assert taken.stage == "identified"
    assert [(n.inner, n.outer) for n in Nesting.objects.all()] == [("ngos", "mosvy")]


def test_a_file_that_names_another_list_throughout_is_refused_and_can_be_sent_again(by):
    content = "record_id,source,full_name\n1,shelters,Keo Dara\n2,shelters,=1\n"
    with pytest.raises(WrongInput, match="no row of this file is of the list 'shelter'"):
        take(content, by, source="shelter")
    assert not AgencyList.objects.exists()
    assert take(content, by, source="shelters").records == 1


def test_a_period_has_two_ends_in_order(by):
    for said in (
        Said(period_from=date(2025, 1, 1)),
        Said(period_from=date(2025, 2, 1), period_until=date(2025, 1, 1)),
    ):
        with pytest.raises(WrongInput, match="period"):
            take(HEADER + people(1), by, said=said)


def test_the_log_says_that_it_was_begun_and_taken_and_nothing_of_what_it_said(by):
    taken = take(HEADER + people(3), by)
    found = Entry.objects.filter(subject=str(taken.pk)).order_by("id")
    assert [e.act for e in found] == ["linkage.list_begun", "linkage.list_taken"]
    assert found[1].details == {"records": 3, "apart": 0}
