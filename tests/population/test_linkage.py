"""Lists are taken without names, joined by exact tokens, and counted."""

import pytest
from django.db import connection

from mekhala.core.wrong_input import WrongInput
from mekhala.population.linkage import queries, services, tokens
from mekhala.population.linkage.errors import (
    AlreadyTaken,
    NoTokensNow,
    NotYourRole,
    TooFewLists,
    TooManyTokens,
)
from mekhala.population.linkage.models import AgencyList, ListEntry, OverlapTable, RegisterEntry
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.keys.errors import Refused
from tests.builders import NOW, agency, officer
from tests.builders_agreements import agreement
from tests.builders_population import PLANTED, csv_list, person, statistician
from tests.log import Entry


def take(text, source, by, name="list.csv"):
    return services.take_list(text, name, source, by=by, at=NOW)


def _everything_kept():
    """Return every value of every table of linkage and of the audit log, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tablename from pg_tables where schemaname = 'public'"
            " and (tablename like 'linkage_%' or tablename like 'audit_%')"
        )
        found = [name for (name,) in cursor.fetchall()]
        tables = ["tests.log" if name == "audit_entry" else name for name in found]
        kept = []
        for table in tables:
            cursor.execute(f"select coalesce(string_agg(t::text, ' '), '') from {table} t")
            kept.append(cursor.fetchone()[0])
    return " ".join(kept)


def test_no_name_id_or_number_of_a_person_is_stored(db):
    by = statistician()
    take(csv_list("police", [person(n) for n in range(30)]), "police", by)
    take(csv_list("hotline", [person(n) for n in range(10, 20)]), "hotline", by)
    services.join(by=by, at=NOW)
    kept = _everything_kept().lower()
    assert "police" in kept  # the scan reads what is there
    for name in PLANTED:
        assert not [part for part in name.lower().split() if part in kept]
    assert "09000001" not in kept
    assert "police-1" not in kept


def test_without_the_key_service_no_list_is_taken_and_why_is_said(db, settings):
    settings.KEYS_SOCKET = "nowhere"
    with pytest.raises(NoTokensNow, match="Nothing was taken"):
        take(csv_list("police", [person(1)]), "police", statistician())
    assert not AgencyList.objects.exists()


def test_beyond_what_all_may_link_in_a_day_no_list_is_taken(db, monkeypatch):
    def refused(request, **_more):
        raise Refused("quota" if request["op"] == "link" else "malformed")

    monkeypatch.setattr(tokens, "ask", refused)
    with pytest.raises(TooManyTokens, match="tomorrow"):
        take(csv_list("police", [person(1)]), "police", statistician())
    assert not AgencyList.objects.exists()


def test_a_list_says_how_many_records_can_meet_no_other(db):
    text = csv_list("police", [person(1), ("No Year Known", "female", "", ""), person(2)])
    taken = take(text, "police", statistician())
    assert (taken.records, taken.without_key) == (3, 1)


def test_a_list_belongs_to_the_agency_of_its_name(db):
    there = agency(code="hotline")
    agreement(there)
    assert take(csv_list("hotline", [person(1)]), "hotline", statistician()).agency == there


def test_the_same_file_twice_is_refused_in_words(db):
    by = statistician()
    take(csv_list("police", [person(1)]), "police", by)
    with pytest.raises(AlreadyTaken, match="taken before"):
        take(csv_list("police", [person(1)]), "police", by)
    assert ListEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("source,full_name\npolice,X\n", "list.csv: row 1: has no column record_id"),
        ("record_id,source\n1,police\n1,police\n", "row 3, column record_id"),
        ("record_id,source\n1,police\n,police\n", "row 3, column record_id: is empty"),
        (
            "record_id,source\n1,police\n2,hotline\n",
            "row 3, column source: 'hotline' is not 'police'",
        ),
        ("record_id,source\n", "holds no records"),
    ],
)
def test_a_wrong_file_is_told_by_row_and_column_and_nothing_of_it_stays(db, text, said):
    with pytest.raises(WrongInput, match=r"list\.csv") as refusal:
        take(text, "police", statistician())
    assert said in str(refusal.value)
    assert not AgencyList.objects.exists()
    assert not ListEntry.objects.exists()


@pytest.mark.parametrize("source", ["", "a b", "count", "x" * 41, "'; drop"])
def test_a_list_name_that_cannot_head_a_column_is_refused(db, source):
    with pytest.raises(WrongInput, match="source"):
        take(csv_list(source or "x", [person(1)]), source, statistician())


@pytest.mark.parametrize("role", [r for r in Role if r != Role.STATISTICIAN])
def test_only_statisticians_take_join_and_count(db, role):
    by = officer(role)
    with pytest.raises(NotYourRole):
        take(csv_list("police", [person(1)]), "police", by)
    with pytest.raises(NotYourRole):
        services.join(by=by, at=NOW)
    with pytest.raises(NotYourRole):
        services.take_register(2025, 2025, by=by, at=NOW)


def test_joining_finds_the_people_who_are_on_several_lists(db):
    by = statistician()
    take(csv_list("police", [person(n) for n in range(20)]), "police", by)
    take(csv_list("hotline", [person(n) for n in range(15, 25)]), "hotline", by)
    table = services.join(by=by, at=NOW)
    assert table.lists == ["hotline", "police"]
    assert sorted(table.rows) == [[0, 1, 15], [1, 0, 5], [1, 1, 5]]
    assert (table.records, table.people) == (30, 25)
    assert ListEntry.objects.values("person").distinct().count() == 25


def test_records_without_a_key_never_meet(db):
    by = statistician()
    nobody = ("Same Name", "female", "", "")
    take(csv_list("police", [nobody, person(1)]), "police", by)
    take(csv_list("hotline", [nobody, person(2)]), "hotline", by)
    assert services.join(by=by, at=NOW).people == 4


def test_one_record_in_two_files_of_a_list_stays_one_record(db):
    by = statistician()
    nobody = ("Same Name", "female", "", "")
    take(csv_list("police", [nobody]), "police", by)
    take(csv_list("police", [nobody, person(1)]), "police", by)
    take(csv_list("hotline", [person(1)]), "hotline", by)
    assert sorted(services.join(by=by, at=NOW).rows) == [[0, 1, 1], [1, 1, 1]]


def test_one_list_alone_is_not_joined(db):
    by = statistician()
    take(csv_list("police", [person(1)]), "police", by)
    with pytest.raises(TooFewLists):
        services.join(by=by, at=NOW)
    assert not OverlapTable.objects.exists()


def test_each_act_leaves_exactly_one_entry_and_no_name_in_the_log(db):
    by = statistician()
    take(csv_list("police", [person(1)]), "police", by)
    take(csv_list("hotline", [person(1)]), "hotline", by)
    services.join(by=by, at=NOW)
    services.take_register(2024, 2025, by=by, at=NOW)
    acts = list(Entry.objects.order_by("id").values_list("act", flat=True))
    assert acts == ["linkage.list_taken"] * 2 + ["linkage.lists_joined", "linkage.register_taken"]


def test_shared_people_are_counted_for_each_two_lists(db):
    by = statistician()
    take(csv_list("police", [person(n) for n in range(20)]), "police", by)
    take(csv_list("hotline", [person(n) for n in range(15, 25)]), "hotline", by)
    shared = queries.shared_by_pairs(services.join(by=by, at=NOW))
    assert shared == {
        ("hotline", "hotline"): 10, ("police", "police"): 20, ("hotline", "police"): 5
    }  # fmt: skip


def test_a_span_of_years_that_runs_backwards_is_refused(db):
    with pytest.raises(WrongInput, match="2025 to 2024"):
        services.take_register(2025, 2024, by=statistician(), at=NOW)


def test_the_register_comes_over_without_numbers(db):
    assert services.take_register(2025, 2025, by=statistician(), at=NOW) == 0
    columns = {field.name for field in RegisterEntry._meta.get_fields()}
    assert columns == {"id", "year", "sex", "age_band", "exploitation", "province_code"}
