"""Wrong files by the page: each row is accounted for, none lost, none counted twice."""

import pytest
from django.utils import timezone

from mekhala.population.linkage import importing, queries
from mekhala.population.linkage.models import AgencyList, KeptApart, ListRecord
from mekhala.population.linkage.runs import asking, working
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.identity.errors import CannotBeKeptNow
from tests.builders_population import statistician
from tests.web.casework.test_list_pages import sent

HEADER = "record_id,full_name,sex,birth_date,province_code,event_date\n"
LONG = "ក" * 10_000
WRONG = (
    HEADER.encode()
    + "1,ស្រីមុំ,f,25/03/1991,12,2025-03-01\n".encode()
    + b"2,Ren\xe9 Sok,m,1990,12,2025-03-01\n"  # another encoding than the rows around it
    + b"3,Keo Dara,m,03/25/1992,12,2025-03-02\n"  # proves the other order of dates
    + b"4,Chan Bopha,f,05/03/1993,12,2025-03-02\n"  # proves none: the year alone is read
    + b"5,=HYPERLINK(A1),f,1994,12,2025-03-02\n"
    + f"6,{LONG},f,1995,12,2025-03-02\n".encode()
    + b"1,Ly Sokha,f,1996,12,2025-03-03\n"  # a record id that was there before
    + b"8,Mao Vanna,f,1997,12,2025-03-03\n"
    + b"9,Heng Ri"  # the file ends in the middle of the row
)
APART = [
    (3, "full_name", "not_text"), (6, "full_name", "formula"), (7, "full_name", "too_long"),
    (8, "record_id", "duplicate"), (10, "", "cut_off"),
]  # fmt: skip


@pytest.fixture
def by(db, acting):
    who = statistician()
    acting(who)
    return who


@pytest.fixture
def page(client, by):
    client.force_login(by)
    return client


def whole(rows):
    return HEADER + "".join(
        f"{n},Keo Name{n},f,{1970 + n % 30},12,2025-03-0{n % 9 + 1}\n" for n in range(rows)
    )


def given(page, content, source="survey"):
    return page.post("/linkage/lists/new/", {"source": source, "file": sent(content)}, follow=True)


def told(taken, by):
    found = queries.records_of([taken.pk], by=by, at=timezone.now())
    return {record["record_id"]: record for _pk, record in found}


def test_the_page_takes_what_can_be_read_and_names_row_and_reason_of_the_rest(page, acting, by):
    shown = given(page, WRONG)
    assert "9: 4 accepted, 5 kept apart" in shown.text
    assert LONG[:300] not in shown.text
    acting(by)
    [taken] = AgencyList.objects.all()
    assert list(KeptApart.objects.values_list("row", "column", "reason")) == APART
    found = told(taken, by)
    assert list(found) == ["1", "3", "4", "8"]
    assert [found[n]["birth_date"] for n in ("1", "3", "4")] == ["1991-03-25", "1992-03-25", "1993"]
    assert taken.records + taken.rows_apart == taken.rows_read == 9


def test_a_file_without_a_column_it_must_have_leaves_the_page_as_it_was(page):
    shown = given(page, "full_name,sex\nKeo Dara,m\n")
    assert "row 1: has no column record_id" in shown.text
    assert not AgencyList.objects.exists()


def test_an_import_that_breaks_off_on_the_page_goes_on_from_where_it_stood(
    page, acting, by, monkeypatch
):
    monkeypatch.setattr(importing, "BATCH", 4)
    keep, calls = importing.records.keep, []

    def once_then_gone(*told):
        calls.append(told)
        if len(calls) == 3:
            raise CannotBeKeptNow
        return keep(*told)

    monkeypatch.setattr(importing.records, "keep", once_then_gone)
    first = given(page, whole(10))
    assert first.status_code == 422
    acting(by)
    [begun] = AgencyList.objects.all()
    assert (begun.rows_read, begun.records, begun.completed_at) == (8, 8, None)
    given(page, whole(10))
    acting(by)
    [taken] = AgencyList.objects.all()
    assert (taken.pk, taken.rows_read, taken.records) == (begun.pk, 10, 10)
    assert list(told(taken, by)) == [str(n) for n in range(10)]
    assert "taken before" in given(page, whole(10)).text


def test_a_file_cut_in_its_middle_and_sent_again_whole_counts_nobody_twice(page, by):
    text = whole(30)
    given(page, text[: text.index("17,Keo") + 9])
    given(page, text)
    with acting_for(by.pk):
        cut, all_of_it = AgencyList.objects.order_by("pk")
        assert (cut.records, cut.rows_apart) == (17, 1)
        assert (all_of_it.records, all_of_it.rows_apart) == (30, 0)
        other = AgencyList.objects.get(pk=_other(page))
        lists = [cut.pk, all_of_it.pk, other.pk]
        run = asking.ask_run(lists, by=by, at=timezone.now())
        assert ListRecord.objects.count() == 0  # closed again until a worker has the run
    done = working.run_now(run, at=timezone.now())
    assert (done.figures["records"], done.figures["told_again"]) == (31, 17)
    assert "taken once" in page.get(f"/linkage/runs/{done.pk}/").text


def test_a_row_the_agency_put_right_stays_beside_what_it_said_before(page, by):
    given(page, whole(5))
    given(page, whole(5).replace("Keo Name3,f", "Keo Name3,m"))
    with acting_for(by.pk):
        lists = [one.pk for one in AgencyList.objects.all()] + [_other(page)]
        run = asking.ask_run(lists, by=by, at=timezone.now())
    done = working.run_now(run, at=timezone.now())
    assert (done.figures["records"], done.figures["told_again"]) == (7, 4)


def _other(page):
    given(page, HEADER + "1,Chan Dara,m,1980,05,2025-04-01\n", source="other")
    return AgencyList.objects.get(source="other").pk
