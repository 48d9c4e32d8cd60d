"""Sealed records of lists: only for a run, only for who opened it, gone when the project ends."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from mekhala.core.matching.records import COLUMNS
from mekhala.population.linkage import queries, records
from mekhala.population.linkage.errors import ListNotReady, NotYourRole
from mekhala.population.linkage.models import AgencyList, ListOpening, ListRecord
from mekhala.safeguards.agreements.errors import NoAgreement
from mekhala.safeguards.identity.errors import WordsNotOpened
from tests.builders import agency, officer
from tests.builders_lists import sealed_list
from tests.builders_population import statistician
from tests.log import Entry


@pytest.fixture
def by(db, acting):
    who = statistician()
    acting(who)
    return who


def test_a_record_comes_back_as_it_was_said_with_every_column(by):
    taken = sealed_list([{"record_id": "1", "full_name": "ស្រីមុំ", "sex": "f"}])
    [(_pk, record)] = queries.records_of([taken.pk], by=by, at=timezone.now())
    assert record["full_name"] == "ស្រីមុំ"
    assert (tuple(record), record["phone"]) == (COLUMNS, "")


def test_nothing_a_record_says_lies_in_clear(by):
    sealed_list([{"record_id": "Q-77", "full_name": "Qwersomaly Zxtep"}])
    with connection.cursor() as cursor:
        for table in ("linkage_agencylist", "linkage_listentry", "linkage_keptapart"):
            cursor.execute(f"select coalesce(string_agg(t::text, ' '), '') from {table} t")
            assert "Q" + "wer" not in cursor.fetchone()[0]
        records.open_lists([AgencyList.objects.get().pk], by=by, at=timezone.now())
        cursor.execute("select said, record from linkage_listrecord")
        [(lies, digest)] = cursor.fetchall()
    assert b"Qwer" not in bytes(lies)
    assert "Q-77" not in digest


def test_before_the_list_is_opened_no_record_is_there(by):
    sealed_list([{"record_id": "1"}])
    assert not ListRecord.objects.exists()


def test_a_list_opened_to_one_is_not_open_to_another(by, acting):
    taken = sealed_list([{"record_id": "1"}])
    assert len(list(queries.records_of([taken.pk], by=by, at=timezone.now()))) == 1
    acting(statistician())
    assert not ListRecord.objects.exists()


def test_an_opening_ends(by):
    taken = sealed_list([{"record_id": "1"}])
    long_ago = timezone.now() - timedelta(days=2)
    ListOpening.objects.create(
        agency_list=taken, officer=by, opened_at=long_ago, until=long_ago + timedelta(hours=12)
    )
    assert not ListRecord.objects.exists()


def test_nobody_opens_for_longer_than_a_day_or_for_somebody_else(by):
    taken, now = sealed_list([{"record_id": "1"}]), timezone.now()
    later = {"opened_at": now + timedelta(days=30), "until": now + timedelta(days=31)}
    for change in (later, {"officer": statistician()}):
        told = {"officer": by, "opened_at": now, "until": now + timedelta(hours=1)} | change
        with pytest.raises(ProgrammingError), transaction.atomic():
            ListOpening.objects.create(agency_list=taken, **told)


def test_the_look_is_one_entry_of_the_log_with_how_many_records(by):
    lists = [sealed_list([{"record_id": str(n)} for n in range(size)]) for size in (3, 2)]
    list(queries.records_of([one.pk for one in lists], by=by, at=timezone.now()))
    [entry] = Entry.objects.filter(act="linkage.records_opened")
    assert entry.details["records"] == {str(lists[0].pk): 3, str(lists[1].pk): 2}


def test_some_records_are_read_by_id_while_their_list_is_open(by):
    taken = sealed_list([{"record_id": str(n), "sex": "f"} for n in range(4)])
    ids = [pk for pk, _record in queries.records_of([taken.pk], by=by, at=timezone.now())]
    two = queries.records_with(ids[1:3], by=by)
    assert [record["record_id"] for record in two.values()] == ["1", "2"]


def test_a_record_moved_to_another_row_does_not_open(by):
    taken = sealed_list([{"record_id": "1"}])
    with connection.cursor() as cursor:
        cursor.execute("select tests.as_owner('update linkage_listrecord set row = 9')")
    with pytest.raises(WordsNotOpened):
        list(queries.records_of([taken.pk], by=by, at=timezone.now()))


def test_the_application_itself_writes_no_record(by):
    taken = sealed_list([{"record_id": "1"}])
    records.open_lists([taken.pk], by=by, at=timezone.now())
    for statement in (
        "insert into linkage_listrecord (agency_list_id, row, record, said) values (1, 1, '', '')",
        "update linkage_listrecord set record = 'x'", "delete from linkage_listrecord",
        f"select linkage_keep_records({taken.pk}, '{{5}}', '{{x}}', array['x'::bytea])",
    ):  # fmt: skip
        with (
            pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor,
        ):  # fmt: skip
            cursor.execute(statement)


def test_a_list_still_being_taken_is_not_read(by):
    taken = sealed_list([{"record_id": "1"}], complete=False)
    with pytest.raises(ListNotReady):
        queries.records_of([taken.pk], by=by, at=timezone.now())


def test_a_list_whose_agreement_is_not_in_force_is_not_read(by):
    agency(code="hotline")
    taken = sealed_list([{"record_id": "1"}], source="hotline")
    with pytest.raises(NoAgreement):
        queries.records_of([taken.pk], by=by, at=timezone.now())


def test_who_does_not_count_reads_no_record(by, acting):
    taken = sealed_list([{"record_id": "1"}])
    other = officer()
    acting(other)
    with pytest.raises(NotYourRole):
        queries.records_of([taken.pk], by=other, at=timezone.now())
