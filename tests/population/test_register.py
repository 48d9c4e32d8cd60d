"""The register is counted across cases, and nothing but bands comes over."""

from datetime import UTC, datetime, timedelta

import pytest

from mekhala.core.check_digit import new_number
from mekhala.jobs.yearly_register import count_closed_year
from mekhala.pathway.determination.models import Decision, DeterminationFile, Finding, Source
from mekhala.pathway.encounter.models import Case, Encounter
from mekhala.pathway.registration import services as registration
from mekhala.pathway.registration.counts import entered
from mekhala.pathway.registration.models import Registration
from mekhala.population.linkage import queries, services
from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import NOW, case, officer, open_to
from tests.builders_casework import authority, recognised, referred, registrar
from tests.builders_population import statistician

WHEN = datetime(2025, 5, 5, 3, tzinfo=UTC)


@pytest.fixture
def registered(acting):
    """Return a function that registers one invented person and then acts as a statistician."""
    authority, reader = officer(Role.AUTHORITY), officer(Role.AUTHORITY)
    counting = statistician()

    def make(*forms, at=WHEN, place="1201", withdrawn=False, **person):
        found = case(authority, **person)
        for purpose in (Purpose.DETERMINATION, Purpose.REGISTRATION):
            open_to(authority, found.number, purpose)
        acting(authority)
        Encounter.objects.create(
            case=found, met_at=at, met_by=authority, agency=authority.agency, place_code=place
        )
        file = DeterminationFile.objects.create(
            case=found, opened_at=at, opened_by=authority, due_on=at.date()
        )
        source = Source.objects.create(
            file=file, kind="person", manner="statement", recorded_by=authority, recorded_at=at
        )
        for code, made_out in forms:
            Finding.objects.create(
                file=file, source=source, code=code, made_out=made_out, because="invented",
                recorded_by=authority, recorded_at=at,
            )  # fmt: skip
        decision = Decision.objects.create(
            file=file, case=found, status="ActualVictimOfTrafficking", article="x", outcome={},
            reasons=[], decided_by=authority, second_reader=reader, decided_at=at,
        )  # fmt: skip
        Registration.objects.create(
            number=new_number("RG"), case=found, decision=decision, registered_at=at,
            registered_by=authority, certificate_code="123456",
            withdrawn_at=at if withdrawn else None,
        )  # fmt: skip
        acting(counting)
        return counting

    return make


def counts(by, year=2025):
    services.take_register(year, year, by=by, at=NOW)
    return dict(queries.register_counts(year))


LABOUR = ("purpose.forced_labour", True)


def test_a_recognised_person_is_counted_by_bands_and_cases_stay_closed(registered):
    by = registered(LABOUR, age=16, sex="male")
    assert not Case.objects.exists()  # the statistician sees no case
    assert counts(by) == {("male", "12-17", "purpose.forced_labour", "12"): 1}
    assert not Case.objects.exists()  # and sees none after the count


@pytest.mark.parametrize(
    ("forms", "counted"),
    [
        ([], "unknown"),
        ([("purpose.forced_labour", None)], "unknown"),
        ([("purpose.forced_labour", False)], "unknown"),
        ([LABOUR, LABOUR], "purpose.forced_labour"),
        ([LABOUR, ("purpose.debt_bondage", True)], "several"),
        ([LABOUR, ("purpose.profit", True), ("act.recruitment", True)], "purpose.forced_labour"),
    ],
)
def test_each_person_is_counted_once_under_one_form_or_as_several(registered, forms, counted):
    assert {key[2]: n for key, n in counts(registered(*forms)).items()} == {counted: 1}


@pytest.mark.parametrize(
    ("age", "certainty", "band"),
    [(11, "known", "0-11"), (12, "known", "12-17"), (17, "estimated", "12-17"),
     (18, "known", "18-29"), (44, "known", "30-44"), (45, "disputed", "45+"),
     (20, "unknown", "unknown"), (None, "unknown", "unknown")],
)  # fmt: skip
def test_ages_fall_into_their_bands_and_what_is_not_known_stays_so(
    registered, age, certainty, band
):
    by = registered(LABOUR, age=age, age_certainty=certainty)
    assert {key[1] for key in counts(by)} == {band}


def test_a_withdrawn_registration_is_not_counted(registered):
    assert counts(registered(LABOUR, withdrawn=True)) == {}


def test_the_year_is_the_year_in_cambodia(registered):
    by = registered(LABOUR, at=datetime(2024, 12, 31, 20, tzinfo=UTC))
    assert sum(counts(by, 2025).values()) == 1
    assert counts(by, 2024) == {}


def test_taking_a_year_again_replaces_it(registered):
    by = registered(LABOUR)
    counts(by)
    assert sum(counts(registered(LABOUR)).values()) == 2


def test_the_yearly_job_counts_the_year_that_closed(registered):
    from django.utils import timezone

    last = timezone.now() - timedelta(days=365)
    registered(LABOUR, at=last)
    assert count_closed_year.func() == 1


def test_the_form_is_counted_from_what_was_found_before_the_last_question_too(db, acting):
    readers, keeper = authority(2), registrar()
    decision = recognised(referred(), *readers)
    open_to(keeper, decision.case_id, Purpose.REGISTRATION)
    acting(keeper)
    registration.register(case=decision.case, by=keeper, at=decision.decided_at)
    counting, year = statistician(), decision.decided_at.year
    acting(counting)
    services.take_register(year, year, by=counting, at=NOW)
    assert [one.exploitation for one in queries.entries_of(year)] == ["purpose.forced_labour"]
    acting(keeper)
    assert [line.category for line in entered(year).by["exploitation"]] == ["purpose.forced_labour"]
