"""Reports about officials: sealed from whom they are about, routed by who reports, never named."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from mekhala.pathway.incidents import errors, queries, services
from mekhala.pathway.incidents.models import Incident, Opening, Reporter, Route
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, officer
from tests.builders_incidents import WHO, counsel, logged
from tests.builders_justice import AT
from tests.builders_reading_quota import as_owner

SEALED = [
    (Role.JUSTICE, AgencyKind.COURT), (Role.JUSTICE, AgencyKind.POLICE),
    (Role.FIRST_RESPONDER, AgencyKind.POLICE), (Role.FIRST_RESPONDER, AgencyKind.BORDER),
    (Role.AUTHORITY, AgencyKind.COMPETENT_AUTHORITY),
    (Role.STATISTICIAN, AgencyKind.NATIONAL_COMMITTEE),
    (Role.ADMINISTRATOR, AgencyKind.NATIONAL_COMMITTEE),
    (Role.PROVIDER, AgencyKind.POLICE),
]  # fmt: skip
ROWS = (Incident, Opening, Reporter, Route)


@pytest.fixture
def report(db):
    """Return a report with who reported, and who took it down."""
    by = counsel()
    become(by.pk)
    told = logged(by, **WHO)
    services.choose_route(told, way="nobody_yet", chosen_on=AT.date(), by=by, at=AT)
    return told, by


def _given_by_force(incident, to):
    """Give an opening as the owner of the tables could, past every rule of who may."""
    until = AT + timedelta(days=99)
    as_owner(
        "insert into incidents_opening (incident_id, officer_id, reporter, given_by_id, given_at,"
        f" until) values ('{incident.pk}', {to.pk}, true, {to.pk}, '{AT}', '{until}')"
    )


@pytest.mark.parametrize(("role", "kind"), SEALED)
def test_no_role_or_agency_it_is_sealed_from_sees_a_row_even_with_an_opening(report, role, kind):
    told, _by = report
    other = officer(role, at=agency(kind))
    _given_by_force(told, other)
    become(other.pk)
    for model in (Incident, Reporter, Route):
        assert not model.objects.exists()
    with pytest.raises(NotYourRole):
        logged(other)


@pytest.mark.parametrize(("role", "kind"), SEALED)
def test_it_cannot_be_opened_to_them(report, role, kind):
    told, by = report
    with pytest.raises(errors.NotForThem):
        services.open_to(told, officer(role, at=agency(kind)), by=by, at=AT)


def test_the_officials_own_agency_never_sees_it_whoever_opens_it(db):
    by, own = counsel(), agency(AgencyKind.SOCIAL_AFFAIRS)
    become(by.pk)
    told = logged(by, of_agency=own)
    theirs = officer(Role.REGISTRAR, at=own)
    with pytest.raises(errors.NotForThem):
        services.open_to(told, theirs, by=by, at=AT)
    with pytest.raises(errors.NotForThem):
        services.choose_route(told, way="monitor", agency=own, chosen_on=AT.date(), by=by, at=AT)
    _given_by_force(told, theirs)
    become(theirs.pk)
    assert not any(model.objects.exists() for model in (Incident, Reporter, Route))
    with pytest.raises(errors.OwnAgency):
        logged(theirs, of_agency=own)


def test_nobody_opens_a_report_to_themselves(report):
    told, _by = report
    other = counsel()
    become(other.pk)
    assert not any(model.objects.exists() for model in ROWS)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Opening.objects.create(
            incident=told, officer=other, given_by=other, given_at=AT, until=AT + timedelta(days=9)
        )


def test_who_reported_goes_with_the_report_only_where_it_is_opened_too(report):
    told, by = report
    reader, keeper = counsel(), counsel()
    services.open_to(told, reader, by=by, at=AT)
    services.open_to(told, keeper, by=by, at=AT, reporter=True)
    become(reader.pk)
    assert Incident.objects.get().words.startswith("Asked")
    with pytest.raises(errors.ReporterNotShown):
        services.show_reporter(told, by=reader, at=AT)
    with pytest.raises(errors.NotForThem):
        services.open_to(told, counsel(), by=reader, at=AT, reporter=True)
    become(keeper.pk)
    assert services.show_reporter(told, by=keeper, at=AT).name == WHO["reporter_name"]


def test_names_and_words_lie_sealed_and_who_reported_under_a_key_of_its_own(report):
    told, _by = report
    with connection.cursor() as cursor:
        cursor.execute("select names, words from incidents_incident")
        assert all(b"nvented" not in bytes(column) for column in cursor.fetchone())
        cursor.execute("select name, contact from incidents_reporter")
        assert all(b"nvented" not in bytes(column) for column in cursor.fetchone())
        cursor.execute("select subject from identity_datakey")
        assert {subject for (subject,) in cursor.fetchall()} == {told.pk, told.pseudonym}


def test_the_route_is_the_reporters_and_opens_it_without_who_reported(report):
    told, by = report
    monitor = counsel()
    to_monitor = {"way": "monitor", "chosen_on": AT.date(), "by": by, "at": AT}
    with pytest.raises(errors.NotARoute):
        services.choose_route(told, **to_monitor)
    services.choose_route(told, agency=monitor.agency, **to_monitor)
    assert queries.route_now(told).way == "monitor"
    become(monitor.pk)
    assert Incident.objects.get() == told
    assert not Reporter.objects.exists()


def test_on_paper_it_goes_against_a_receipt_and_nobody_yet_goes_nowhere(report):
    told, by = report
    day = {"chosen_on": AT.date(), "by": by, "at": AT}
    services.choose_route(told, way="anti_corruption", receipt="ACU-7", **day)
    assert queries.route_now(told).receipt == "ACU-7"
    with pytest.raises(errors.NotARoute):
        services.choose_route(told, way="nobody_yet", receipt="ACU-8", **day)


def test_the_court_has_no_key_of_a_report(report, acting):
    told, _by = report
    acting(officer(Role.JUSTICE, at=agency(AgencyKind.COURT)))
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from identity_datakey where subject = %s", [told.pk])
        assert cursor.fetchone() == (0,)


def test_patterns_count_without_names_and_hold_back_what_is_small(report):
    _told, by = report
    assert queries.patterns() == (None, [])
    for n in range(24):
        logged(by, body="court" if n < 11 else "police", post="clerk")
    total, found = queries.patterns()
    by_dimension = {p.dimension: dict(p.shown) for p in found}
    assert total == 25
    assert by_dimension["body"] == {"court": 11, "police": 14}
    assert by_dimension["post"]["chief"] is None  # one report
    assert by_dimension["post"]["clerk"] is None  # or it would follow from the total
    assert "Invented" not in str(found)


@pytest.mark.parametrize("kind", [AgencyKind.COURT, AgencyKind.POLICE])
def test_the_counts_answer_nobody_it_is_sealed_from(report, kind):
    become(officer(Role.JUSTICE, at=agency(kind)).pk)
    assert queries._counted() == []


@pytest.mark.parametrize(
    ("amount", "currency", "band"),
    [(None, "", "not_said"), (5, "USD", "under_50k"), (500, "USD", "to_10m"),
     (50_000, "KHR", "to_500k"), (3000, "USD", "from_10m")],
)  # fmt: skip
def test_amounts_are_told_in_bands_across_currencies(amount, currency, band):
    assert queries.band_of(amount, currency) == band
