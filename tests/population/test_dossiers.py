"""Court dossiers are read for research in codes, under two signatures, until a day."""

import json
import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from mekhala.pathway.justice.models import Accused, Statement
from mekhala.population.dossiers import errors, policies, queries, services
from mekhala.population.dossiers.models import Access, Taken
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_dossiers import Study
from tests.builders_foureyes import agreed
from tests.builders_justice import AT, NAME, court_officer, proceeding
from tests.builders_reading_quota import as_owner
from tests.log import Entry

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@pytest.fixture
def study(db):
    return Study()


@pytest.fixture
def full(db):
    """Return a study of a dossier with an entry of every kind."""
    return Study(is_full=True)


def test_a_dossier_is_read_in_codes_months_and_provinces_and_nothing_else(full):
    told = full.read(full.opened())
    assert (told["province"], told["complaint"]) == ("12", "2024-02")
    (one,) = told["accused"]
    assert (one["letter"], one["age_from"], one["own_country"]) == ("A", 30, None)
    parts = {row["part"] for row in told["rows"]}
    assert {"step", "charge", "statement", "custody", "verdict", "item", "hearing"} <= parts
    custody = next(row["said"] for row in told["rows"] if row["part"] == "custody")
    assert (custody["place"], custody["hours"]) == ("police", 48)


def test_no_name_number_place_or_word_of_the_file_is_in_it(full):
    told = json.dumps(full.read(full.opened()), ensure_ascii=False)
    planted = [*NAME.values(), full.accused.number, full.number, "A quarrel.", "A house",
               "He was elsewhere.", "Words.", full.court.shown_as]  # fmt: skip
    assert not [word for word in planted if word in told]
    days = set(DAY.findall(told)) - {"2008-02-15"}  # since when the article is in force
    assert not days


def test_each_reading_stands_in_the_log_of_the_proceeding(study):
    access = study.opened()
    study.read(access)
    noted = Entry.objects.get(act="dossiers.read", subject=study.number)
    assert (noted.by, noted.details) == (study.researcher.pk, {"access": access.number})


def test_nothing_is_read_before_a_second_agency_signed(study):
    access = study.asked()
    signature = study.let(access)
    with pytest.raises(errors.NotOpenNow):
        study.read(access)
    assert queries.redacted(access, study.number) is None
    agreed(signature, study.authority)
    access.refresh_from_db()
    assert study.read(access)["accused"]


def test_access_ends_with_its_last_day_for_the_page_and_for_the_database(study):
    access = study.opened()
    as_owner("update dossiers_access set until = now() - interval '1 minute'")
    assert queries.redacted(access, study.number) is None
    access.refresh_from_db()
    with pytest.raises(errors.NotOpenNow):
        study.read(access)


@pytest.mark.parametrize("who", ["researcher", "court", "authority"])
def test_whoever_ends_it_ends_it_at_once(study, who):
    access, by = study.opened(), getattr(study, who)
    become(by.pk)
    services.end(access, by=by, at=timezone.now())
    access.refresh_from_db()
    with pytest.raises(errors.NotOpenNow):
        study.read(access)
    assert queries.redacted(access, study.number) is None
    become(by.pk)
    with pytest.raises(errors.AlreadyEnded):
        services.end(access, by=by, at=timezone.now())


def test_a_dossier_that_is_not_named_is_not_read(study):
    court = study.court
    become(court.pk)
    other = proceeding(court)
    access = study.opened()
    with pytest.raises(errors.NotOpenNow):
        study.read(access, other.number)


def test_another_researcher_reads_nothing_and_sees_no_request(study):
    access = study.opened()
    other = officer(Role.STATISTICIAN, at=study.researcher.agency)
    become(other.pk)
    assert queries.redacted(access, study.number) is None
    assert not Access.objects.exists()
    with pytest.raises(errors.NotOpenNow):
        services.read(access, study.number, by=other, at=timezone.now())


def test_an_open_request_opens_no_row_of_the_proceeding(study):
    study.opened()
    assert not Accused.objects.exists()
    assert not Statement.objects.exists()


def test_a_supervisor_signs_only_for_dossiers_that_are_open_to_the_court(study):
    elsewhere = court_officer()
    theirs = proceeding(elsewhere)
    access = study.asked(named=[study.number, theirs.number])
    with pytest.raises(errors.NotYoursToSign):
        study.let(access)


def test_the_researchers_own_agency_never_signs(study):
    colleague = officer(Role.AUTHORITY, at=study.researcher.agency)
    signature = study.let(study.asked())
    with pytest.raises(errors.NotYoursToSign):
        agreed(signature, colleague)


def test_the_database_opens_nothing_without_the_signatures(study):
    access = study.asked()
    become(study.authority.pk)
    with pytest.raises(DatabaseError, match="two signatures"), transaction.atomic():
        Access.objects.filter(pk=access.pk).update(
            opened_at=timezone.now(), signature=study.let(access)
        )


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"days": 400}, errors.TooLong), ({"days": -1}, errors.TooLong),
        ({"named": ["PR-0000-0001"]}, errors.NotADossier),
        ({"approval": "none"}, errors.ApprovalUnclear),
        ({"approved_on": (AT + timedelta(days=2)).date()}, errors.ApprovalUnclear),
    ],
)  # fmt: skip
def test_a_request_says_what_it_rests_on(study, more, refusal):
    with pytest.raises(refusal):
        study.asked(**more)


def test_files_are_counted_by_the_room_and_by_the_database(study):
    access = study.opened()
    for _ in range(policies.MOST_FILES):
        taken, found = services.take(access, by=study.researcher, at=timezone.now())
    assert (taken.dossiers, len(found)) == (1, 1)
    assert Entry.objects.filter(act="dossiers.taken", subject=access.number).count() == 3
    with pytest.raises(errors.EnoughFiles):
        services.take(access, by=study.researcher, at=timezone.now())
    with pytest.raises(DatabaseError, match="taken while it is"), transaction.atomic():
        Taken.objects.create(access=access, serial="EX-9", dossiers=1, taken_at=timezone.now())


def test_the_function_answers_nobody_else(study):
    access = study.opened()
    for role in Role:
        become(officer(role).pk)
        with connection.cursor() as cursor:
            cursor.execute("select dossiers_read(%s, %s)", [access.pk, study.number])
            assert cursor.fetchone() == (None,)
