"""Who reported and who did not, what is covered, what is nested; and a list that is ended."""

from datetime import date

import pytest
from django.utils import timezone

from mekhala.core.wrong_input import WrongInput
from mekhala.population.linkage import declaring, importing, queries
from mekhala.population.linkage.errors import CannotEndNow, ListNotReady, NotYourRole, RecordsGone
from mekhala.population.linkage.importing import Said
from mekhala.population.linkage.models import AgencyList, ListRecord
from mekhala.population.linkage.sources import sources
from mekhala.safeguards.identity import narrative
from mekhala.safeguards.identity.errors import NameGone
from mekhala.safeguards.keys.asking import ask
from mekhala.safeguards.retention import services as retention
from tests.builders import agency, officer
from tests.builders_agreements import agreement
from tests.builders_lists import sealed_list, surveyed
from tests.builders_population import statistician
from tests.builders_retention import as_owner


@pytest.fixture
def by(db, acting):
    who = statistician()
    acting(who)
    return who


def take(by, source, months, **said):
    rows = "".join(f"{n},{month}-05\n" for n, month in enumerate(months))
    found = surveyed(f"record_id,event_date\n{rows}")
    return importing.take_file(found, source, Said(**said), by=by, clock=timezone.now)


def named(name):
    return next(one for one in sources(now=timezone.now()) if one.name == name)


def test_an_agency_that_agreed_and_never_reported_stands_there_as_a_gap(by):
    agreement(agency(code="hotline"))
    found = named("hotline")
    assert (found.files, found.last_at, found.is_agreed) == (0, None, True)


def test_coverage_is_the_share_of_months_of_the_period_with_rows_over_all_files(by):
    year = {"period_from": date(2025, 1, 1), "period_until": date(2025, 6, 30)}
    take(by, "survey", ["2025-01", "2025-03"], **year)
    take(by, "survey", ["2025-02", "2025-03", "2024-12"], **year)
    found = named("survey")
    assert (found.covered, found.months) == (3, 6)
    assert found.missing == ("2025-04", "2025-05", "2025-06")


def test_without_a_period_nothing_is_said_of_coverage(by):
    assert queries.coverage(taken := take(by, "survey", ["2025-01"])) is None
    assert (named("survey").covered, taken.months) == (None, {"2025-01": 1})


def test_a_file_begun_and_not_complete_does_not_count_as_reported(by):
    sealed_list([{"record_id": "1"}], complete=False)
    found = named("survey")
    assert (found.files, found.records, found.is_waiting) == (0, 0, True)


def test_a_list_handed_on_into_another_is_told_where_both_are_joined(by):
    declaring.declare_nested("ecpat", "mosvy", by=by, at=timezone.now())
    assert [str(n) for n in queries.nested(["ecpat", "mosvy", "police"])] == ["ecpat in mosvy"]
    assert queries.nested(["ecpat", "police"]) == []
    with pytest.raises(WrongInput, match="into each other"):
        declaring.declare_nested("mosvy", "ecpat", by=by, at=timezone.now())


def test_a_list_is_without_doubles_only_where_every_file_says_so(by):
    take(by, "one", ["2025-01"], is_distinct=True)
    take(by, "two", ["2025-03"], is_distinct=True)
    take(by, "two", ["2025-02"], is_distinct=False)
    assert queries.distinct_lists() == ["one"]


def test_a_mapping_is_kept_for_the_next_file_and_a_wrong_one_is_not(by):
    declaring.keep_mapping("odd", "[columns]\nsex = 'S'\n", by=by, at=timezone.now())
    assert queries.mapping_kept("odd") == "[columns]\nsex = 'S'\n"
    with pytest.raises(WrongInput):
        declaring.keep_mapping("odd", "[columns]\nname = 'S'\n", by=by, at=timezone.now())
    assert queries.mapping_kept("odd") == "[columns]\nsex = 'S'\n"


def test_a_list_that_is_ended_has_no_records_and_no_key_ever_again(by):
    taken = sealed_list([{"record_id": str(n)} for n in range(3)])
    list(queries.records_of([taken.pk], by=by, at=timezone.now()))
    assert declaring.end_list(taken, by=by, at=timezone.now()) == 3
    assert not ListRecord.objects.exists()
    taken.refresh_from_db()
    assert (taken.records, bool(taken.erased_at)) == (3, True)
    with pytest.raises(RecordsGone):
        queries.records_of([taken.pk], by=by, at=timezone.now())
    assert taken.number in ask({"op": "erased"})["erased"]
    with pytest.raises(NameGone):
        narrative.prepare([taken.number])


def test_without_the_key_service_a_list_is_not_ended(by, settings):
    taken = sealed_list([{"record_id": "1"}])
    settings.KEYS_SOCKET = "nowhere"
    with pytest.raises(CannotEndNow):
        declaring.end_list(taken, by=by, at=timezone.now())
    taken.refresh_from_db()
    assert taken.erased_at is None


def test_a_list_of_tokens_has_no_records_to_throw_away(by):
    taken = AgencyList.objects.create(
        source="x", file_digest="x", records=0, without_key=0, imported_at=timezone.now()
    )
    with pytest.raises(ListNotReady):
        declaring.end_list(taken, by=by, at=timezone.now())


def test_after_a_year_the_records_go_by_themselves_with_their_keys(by, acting):
    old, new = sealed_list([{"record_id": "1"}]), sealed_list([{"record_id": "2"}], source="new")
    as_owner("update linkage_agencylist set imported_at = now() - interval '366 days'"
             f" where id = {old.pk}")  # fmt: skip
    acting(None)
    assert retention.sweep("list_records", at=timezone.now()) > 0
    acting(by)
    assert len(list(queries.records_of([new.pk], by=by, at=timezone.now()))) == 1
    with pytest.raises(RecordsGone):
        queries.records_of([old.pk], by=by, at=timezone.now())


def test_who_does_not_count_declares_and_ends_nothing(by, acting):
    taken, other = sealed_list([{"record_id": "1"}]), officer()
    acting(other)
    for act in (
        lambda at: declaring.end_list(taken, by=other, at=at),
        lambda at: declaring.declare_nested("a", "b", by=other, at=at),
        lambda at: declaring.keep_mapping("a", "", by=other, at=at),
    ):
        with pytest.raises(NotYourRole):
            act(timezone.now())


def test_whom_a_list_counts_has_versions_and_a_list_of_which_nobody_said_it_says_so(by, client):
    client.force_login(by)
    take(by, "police", ["2025-03"])
    assert "nobody has said it" in client.get("/linkage/sources/").text
    for text in ("Women in shelters", "Everybody in shelters"):
        told = {"source": "police", "text": text, "said_in": "A letter"}
        assert client.post("/linkage/definitions/", told).status_code == 302
    assert "Everybody in shelters (version 2)" in client.get("/linkage/sources/").text
    assert "Women in shelters" in client.get("/linkage/definitions/").text
