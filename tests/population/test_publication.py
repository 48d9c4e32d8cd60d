"""Tables leave protected, once, and are never altered."""

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.population.linkage.errors import NotYourRole
from mekhala.population.linkage.models import RegisterEntry
from mekhala.population.publication import queries, services, words
from mekhala.population.publication.drafts import THRESHOLD, draft_of
from mekhala.population.publication.errors import (
    CountedAnew,
    NobodyToCount,
    ReleasedBefore,
    YearStillOpen,
)
from mekhala.population.publication.models import PublishedTable
from tests.builders import NOW, officer
from tests.builders_population import register, statistician
from tests.log import Entry

ON = date(2026, 6, 30)


def build(by=None, year=2025):
    return services.build_table(year, by=by or statistician(), on=ON)


def released(people=400):
    by = statistician()
    register(people=people)
    return services.release(build(by), by=by, at=NOW, on=ON)


def test_a_released_table_says_what_is_counted_for_when_and_what_the_attack_learnt(db):
    table = released()
    assert (table.slug, table.period, table.released_on) == ("recognised-victims-2025", "2025", ON)
    assert "What is counted" in table.definition
    assert table.attack["recoverable"] == 0
    assert table.attack["withheld"] == table.withheld["withheld"] > 0


def test_the_tables_are_told_by_one_and_by_two_dimensions(db):
    margins = queries.margins_of(released())
    assert set(margins) == {
        (), ("sex",), ("age_band",), ("exploitation",), ("province_code",),
        ("sex", "age_band"), ("sex", "exploitation"),
    }  # fmt: skip
    assert margins[()] == [{"count": 400}]
    assert len(margins[("province_code",)]) == 26


def test_nothing_published_says_which_withheld_counts_are_small(db):
    table = released()
    assert set(table.withheld) == {"cells", "withheld"}
    assert all(set(row) <= {*words.DIMENSIONS, "count"} for row in table.cells)


@pytest.mark.parametrize("act", ["update publication_publishedtable set title = 'x'",
                                 "delete from publication_publishedtable",
                                 "truncate publication_publishedtable"])  # fmt: skip
def test_the_application_can_neither_alter_nor_take_back_a_released_table(db, act):
    released()
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)
    assert PublishedTable.objects.count() == 1


def test_the_public_role_reads_released_tables_and_nothing_counted(db):
    released()
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class"
            " where relkind = 'r' and relnamespace = 'public'::regnamespace"
            " and has_table_privilege('mekhala_public', oid, 'select') order by relname"
        )
        assert [name for (name,) in cursor.fetchall()] == ["publication_publishedtable"]


def test_a_year_is_released_once(db):
    by = statistician()
    register()
    draft = build(by)
    services.release(draft, by=by, at=NOW, on=ON)
    with pytest.raises(ReleasedBefore):
        services.release(draft, by=by, at=NOW, on=ON)
    with pytest.raises(ReleasedBefore):
        build(by)


def test_a_year_that_is_not_over_is_not_published(db):
    register(year=2026)
    with pytest.raises(YearStillOpen):
        build(year=2026)


def test_an_empty_year_is_not_published(db):
    with pytest.raises(NobodyToCount):
        build()


def test_what_changed_after_the_preview_is_not_released_unseen(db):
    by = statistician()
    register()
    seen = build(by).fingerprint
    RegisterEntry.objects.first().delete()
    with pytest.raises(CountedAnew):
        services.release(build(by), by=by, at=NOW, on=ON, seen=seen)
    assert not PublishedTable.objects.exists()


def test_only_statisticians_prepare_and_release(db):
    register()
    with pytest.raises(NotYourRole):
        build(officer())
    with pytest.raises(NotYourRole):
        services.release(build(), by=officer(), at=NOW, on=ON)


def test_a_release_leaves_one_entry(db):
    released()
    assert list(Entry.objects.values_list("act", flat=True)) == ["publication.released"]


def test_unknown_codes_are_counted_as_not_known_and_nobody_is_lost():
    draft = draft_of(2025, {("female", "18-29", "purpose.new", "99"): 30})
    shown = {tuple(r.values()): r["count"] for r in draft.cells if len(r) == 2}
    assert shown[("unknown", 30)] == 30
    assert {"count": 30} in draft.cells


keys = st.tuples(
    st.sampled_from(words.codes_of("sex")), st.sampled_from(words.codes_of("age_band")),
    st.sampled_from(words.codes_of("exploitation")), st.sampled_from(["12", "17", "01", "unknown"]),
)  # fmt: skip


def attacked_at_once(draft):
    """Return what a reader of all tables together works out, whatever way they were protected."""
    from mekhala.core.disclosure.attack import recoverable
    from mekhala.core.disclosure.tables import Cell, cross

    frame = cross({d: words.codes_of(d) for d in words.DIMENSIONS}, {})
    codes = [{d: c for d, c in row.items() if d != "count"} for row in draft.cells]
    shown = {
        Cell(tuple(told), tuple(told.values())): row["count"]
        for told, row in zip(codes, draft.cells, strict=True)
    }
    return recoverable(frame, shown, within=2)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(keys, st.integers(0, 60), max_size=14))
def test_no_small_cell_leaves_and_none_can_be_worked_out(counts):
    draft = draft_of(2025, counts)
    for row in draft.cells:
        assert row["count"] is None or row["count"] == 0 or row["count"] >= THRESHOLD
    assert draft.attack["recoverable"] == 0
    assert attacked_at_once(draft) == {}


def test_the_attack_finds_what_a_careless_table_gives_away():
    draft = draft_of(
        2025, {("female", "18-29", "several", "12"): 40, ("male", "18-29", "several", "12"): 30}
    )
    assert attacked_at_once(draft) == {}
    row = next(r for r in draft.cells if r.get("sex") == "male" and len(r) == 2)
    row["count"] = None  # withheld alone, beside the total and the women: it is the difference
    assert len(attacked_at_once(draft)) == 1


@settings(max_examples=15, deadline=None)
@given(st.dictionaries(keys, st.integers(0, 60), min_size=1, max_size=8))
def test_what_is_shown_is_true_and_the_total_is_of_everybody(counts):
    draft = draft_of(2025, counts)
    for row in draft.cells:
        true = sum(
            n for key, n in counts.items()
            if all(dict(zip(words.DIMENSIONS, key, strict=True))[d] == c
                   for d, c in row.items() if d != "count")
        )  # fmt: skip
        assert row["count"] in (None, true)
