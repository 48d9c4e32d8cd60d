"""The log is added to, never changed, and shows where it was changed all the same."""

import pytest
from django.db import ProgrammingError, connection, transaction

from mekhala.safeguards.audit import queries, services
from mekhala.safeguards.audit.models import Entry
from tests.builders import NOW, officer


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


def test_a_log_nobody_touched_is_whole(db):
    _some()
    assert queries.verify().broken_at is None
    assert queries.verify().entries == 5


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("act", "x"),
        ("subject", "MK-9"),
        ("by", 0),
        ("details", {"step": 9}),
        ("digest", "0" * 64),
    ],
)
def test_finds_the_entry_that_was_changed(db, field, value):
    _some()
    entries = list(Entry.objects.order_by("id"))
    setattr(entries[2], field, value)
    from mekhala.safeguards.audit import chain

    assert chain.verify(entries).broken_at == entries[2].pk


def test_finds_the_place_of_an_entry_that_was_taken_away(db):
    from mekhala.safeguards.audit import chain

    _some()
    entries = list(Entry.objects.order_by("id"))
    del entries[1]
    assert chain.verify(entries).broken_at == entries[1].pk


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
    assert queries.verify().broken_at is None


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
    assert queries.verify() == queries.verify().__class__(40, None, queries.verify().head)
