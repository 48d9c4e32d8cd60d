"""The log is added to, never changed, and shows where it was changed all the same."""

import pytest
from django.db import ProgrammingError, connection, transaction

from mekhala.safeguards.audit import services, verifier
from tests import log
from tests.builders import NOW, officer
from tests.log import Entry


def _some(n=5):
    who = officer()
    for i in range(n):
        services.record("test.done", subject=f"MK-{i}", by=who, at=NOW, step=i)


@pytest.mark.parametrize(
    "act",
    [
        "update audit_entry set act = 'x'",
        "delete from audit_entry",
        "truncate audit_entry",
        "drop trigger no_change on audit_entry",
    ],
)
def test_the_database_refuses_to_change_the_log(db, act):
    _some(1)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    "asked",
    [
        "select * from audit_entry",
        "select count(*) from audit_entry",
        "insert into audit_entry (at, act, subject, agency, details, previous, digest)"
        " values (now(), 'x', 'x', '', '{}', '', '')",
        "select nextval('audit_entry_id_seq')",
        "select audit_is_open('MK-1', array['support'])",
    ],
)
def test_the_application_neither_reads_the_table_nor_writes_past_the_chain(db, asked):
    _some(1)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(asked)


def test_a_log_nobody_touched_is_whole(db):
    _some()
    assert (log.verify().whole, log.verify().entries) == (True, 5)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", "2026-03-09T03:00:01+00:00"),
        ("act", "x"),
        ("subject", "MK-9"),
        ("by", 0),
        ("agency", "another"),
        ("details", {"step": 9}),
        ("digest", "0" * 64),
    ],
)
def test_finds_the_entry_that_was_changed(db, field, value):
    _some()
    rows = log.rows()
    rows[2] = rows[2]._replace(**{field: value})
    assert verifier.verify(rows, []).broken_at == rows[2].id


def test_finds_the_place_of_an_entry_that_was_taken_away(db):
    _some()
    rows = log.rows()
    del rows[1]
    assert verifier.verify(rows, []).broken_at == rows[1].id


def test_an_act_that_is_undone_takes_its_entry_with_it(transactional_db):
    from mekhala.safeguards.access.acting import acting_for

    who = officer()
    with acting_for(who.pk):
        services.record("test.kept", subject="MK-1", by=who, at=NOW)
        try:
            with transaction.atomic():
                services.record("test.undone", subject="MK-1", by=who, at=NOW)
                raise KeyError
        except KeyError:
            pass
    assert list(Entry.objects.values_list("act", flat=True)) == ["test.kept"]
    assert log.verify().whole


def test_writers_at_the_same_time_make_one_whole_chain(transactional_db):
    from concurrent.futures import ThreadPoolExecutor

    from mekhala.safeguards.access.acting import acting_for

    who = officer()

    def write(n):
        try:
            for i in range(10):
                with acting_for(who.pk):
                    services.record("test.done", subject=f"MK-{n}-{i}", by=who, at=NOW, ឈ="ខ្មែរ")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert (log.verify().whole, log.verify().entries) == (True, 40)
