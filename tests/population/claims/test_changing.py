"""Published figures added, corrected and put back, and what stays of every change."""

from dataclasses import replace

import pytest
from django.db import InternalError, ProgrammingError, transaction

from mekhala.core.provenance.claim import Claim as Read
from mekhala.core.wrong_input import WrongInput
from mekhala.population.claims import errors, queries, services
from mekhala.population.claims.models import Claim, ClaimChange
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_claims import AT, loaded, row, statistician
from tests.log import Entry

FIGURE = Read(
    claim_id="N-1", quantity="Kilns", population_definition="with a fire", place="Kiln Valley",
    period="2020", value="12", unit="kilns", method="survey", source_cited="Invented Survey 2020",
)  # fmt: skip


@pytest.fixture
def by(db):
    return statistician()


def _seen():
    return services.last_change("N-1")


def _corrected(by, **other):
    return services.correct(replace(FIGURE, **other), why="Misread", seen=_seen(), by=by, at=AT)


def test_a_correction_keeps_what_stood_before_with_the_reason(by):
    services.add(FIGURE, why="p. 3", by=by, at=AT)
    _corrected(by, value="21")
    newest, first = queries.history("N-1")
    assert (newest.before["value"], newest.after["value"], newest.why) == ("12", "21", "Misread")
    assert (first.before, first.after["value"], first.why) == (None, "12", "p. 3")


def test_each_act_is_one_audit_entry_of_codes(by):
    services.add(FIGURE, why="p. 3", by=by, at=AT)
    _corrected(by, value="21")
    services.put_back("N-1", why="Right before", seen=_seen(), by=by, at=AT)
    entries = Entry.objects.filter(act__startswith="claims.").order_by("id")
    assert [one.act for one in entries] == ["claims.added", "claims.corrected", "claims.put_back"]
    assert {one.details["claim"] for one in entries} == {"N-1"}


def test_putting_back_twice_is_as_if_nothing_had_been_put_back(by):
    services.add(FIGURE, why="p. 3", by=by, at=AT)
    _corrected(by, value="21")
    for value in ("12", "21"):
        services.put_back("N-1", why="No", seen=_seen(), by=by, at=AT)
        assert Claim.objects.get(claim_id="N-1").value == value
    assert ClaimChange.objects.filter(claim_id="N-1").count() == 4


def test_what_was_added_by_mistake_is_taken_out_and_can_come_back(by):
    services.add(FIGURE, why="p. 3", by=by, at=AT)
    services.put_back("N-1", why="Of another study", seen=_seen(), by=by, at=AT)
    assert not Claim.objects.filter(claim_id="N-1").exists()
    services.put_back("N-1", why="It was right", seen=_seen(), by=by, at=AT)
    assert services.as_read(Claim.objects.get(claim_id="N-1")) == FIGURE


def test_a_change_by_a_file_is_kept_too(by):
    loaded([row("N-1")], by=by)
    loaded([row("N-1", value="241")], by=by)
    assert [one.why for one in queries.history("N-1")] == ["claims.csv", "claims.csv"]
    services.put_back("N-1", why="Wrong file", seen=_seen(), by=by, at=AT)
    assert Claim.objects.get(claim_id="N-1").value == "240"


@pytest.mark.parametrize("role", [r for r in Role if r != Role.STATISTICIAN])
def test_refuses_every_other_role(by, role):
    services.add(FIGURE, why="p. 3", by=by, at=AT)
    other = officer(role)
    for act in (
        lambda: services.add(replace(FIGURE, claim_id="N-2"), why="x", by=other, at=AT),
        lambda: services.correct(replace(FIGURE, value="1"), why="x", seen=1, by=other, at=AT),
        lambda: services.put_back("N-1", why="x", seen=1, by=other, at=AT),
    ):
        with pytest.raises(NotYourRole):
            act()
    assert Claim.objects.get().value == "12"


@pytest.mark.parametrize(
    ("other", "why", "refusal"),
    [
        ({}, "x", errors.NothingChanged),
        ({"value": "21"}, "  ", errors.ReasonMissing),
        ({"claim_id": "N-2"}, "x", errors.NotThere),
        ({"value": " "}, "x", WrongInput),
        ({"lo": "9", "hi": "4"}, "x", WrongInput),
        ({"unit": "k" * 61}, "x", WrongInput),
    ],
)
def test_refuses_a_correction_that_is_none(by, other, why, refusal):
    services.add(FIGURE, why="p. 3", by=by, at=AT)
    with pytest.raises(refusal):
        services.correct(replace(FIGURE, **other), why=why, seen=_seen(), by=by, at=AT)
    assert ClaimChange.objects.count() == 1


def test_nobody_writes_over_what_another_has_just_written(by):
    services.add(FIGURE, why="p. 3", by=by, at=AT)
    seen = _seen()
    _corrected(by, value="21")
    with pytest.raises(errors.ChangedMeanwhile):
        services.correct(replace(FIGURE, value="9"), why="x", seen=seen, by=by, at=AT)
    with pytest.raises(errors.ChangedMeanwhile):
        services.put_back("N-1", why="x", seen=seen, by=by, at=AT)
    with pytest.raises(errors.AlreadyThere):
        services.add(FIGURE, why="x", by=by, at=AT)


def test_the_database_keeps_every_change_as_it_was(by):
    services.add(FIGURE, why="p. 3", by=by, at=AT)
    for act in (
        lambda: ClaimChange.objects.update(why="other"),
        lambda: ClaimChange.objects.all().delete(),
    ):
        with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
            act()
    assert ClaimChange.objects.get().why == "p. 3"
