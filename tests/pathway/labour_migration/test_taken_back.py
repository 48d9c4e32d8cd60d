"""A licence, a decision on an agency and a worker's work entered in error are taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.labour_migration import (
    errors,
    looking_into,
    queries,
    services,
    taking_back,
    workers,
)
from mekhala.pathway.labour_migration.models import Incident, Licence, Review
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import NOW, agency, officer
from tests.builders_leaving import labour_officers, recruiter

TODAY = timezone.localdate(NOW)


@pytest.fixture
def inspectors(db, acting):
    """Return three officers of labour inspection, the first acting."""
    found = labour_officers(3)
    acting(found[0])
    return found


def standing(one, day=TODAY):
    return queries.standing(queries.recruiters().get(pk=one.pk), day)


def placed(one, by):
    return services.record_placement(
        one, "A plantation (invented)", "MYS", month=TODAY, people=40, by=by, at=NOW
    )


def fined(one, inspectors, decision, *, at=NOW, **more):
    """Have an incident of an agency decided on by another than who noted it."""
    services.record_incident(
        one, ["violence"], source="inspection", country="THA", on=TODAY, by=inspectors[0], at=NOW
    )
    review = queries.open_review(one)
    return services.decide_review(
        review, decision, reasons="Heard. (Invented.)", by=inspectors[1], at=at, **more
    )


def test_a_licence_of_another_agency_is_taken_back_and_its_number_given_to_whom_it_belongs(
    inspectors,
):
    by = inspectors[0]
    one, other = (recruiter(by, NOW, number=number) for number in ("R-1", "R-2"))
    placed(one, by)
    assert not Incident.objects.exists()
    wrong = one.licences.get()
    taking_back.take_back_licence(wrong, "anothers", by=by, at=NOW)
    assert standing(one) == "unlicensed"
    assert queries.licensed_until(one.licences.all()) is None
    assert Incident.objects.get().kinds == ["unlicensed"]  # sent without one after all
    span = {"valid_from": wrong.valid_from, "valid_until": wrong.valid_until}
    services.license_recruiter(other, wrong.number, **span, by=by, at=NOW)
    assert Licence.objects.filter(number=wrong.number).count() == 2
    with pytest.raises(errors.TakenBackAlready):
        taking_back.take_back_licence(wrong, "twice", by=by, at=NOW)


def test_a_month_that_another_licence_covers_is_not_told_of(inspectors):
    by = inspectors[0]
    one = recruiter(by, NOW)
    placed(one, by)
    twice = services.license_recruiter(
        one, "AGAIN", valid_from=TODAY, valid_until=TODAY + timedelta(days=30), by=by, at=NOW
    )
    taking_back.take_back_licence(twice, "twice", by=by, at=NOW)
    assert (standing(one), Incident.objects.count()) == ("licensed", 0)


def test_workers_noted_as_sent_without_a_licence_by_mistake_are_no_incident(inspectors):
    one = services.register_recruiter("R-LATE", "Late licence", by=inspectors[0], at=NOW)
    placed(one, inspectors[0])
    noted = Incident.objects.get()
    found = {"reasons": "The licence was entered late.", "on": TODAY, "at": NOW}
    with pytest.raises(errors.WroteItDown):
        looking_into.record_finding(noted, "mistaken", by=inspectors[0], **found)
    with pytest.raises(errors.NoComplaint):
        looking_into.record_finding(noted, "unfounded", by=inspectors[1], **found)
    looking_into.record_finding(noted, "mistaken", by=inspectors[1], **found)
    assert queries.since_last_review(one) == []
    looking_into.record_finding(noted, "established", by=inspectors[1], **found)  # it was none
    assert queries.since_last_review(one) == [noted]


def test_a_removal_taken_back_lets_licences_run_and_is_looked_at_again(inspectors):
    one = recruiter(inspectors[0], NOW)
    review = services.open_review(one, by=inspectors[0], at=NOW)
    with pytest.raises(errors.NothingDecided):
        taking_back.take_back_decision(review, "not_so", by=inspectors[1], at=NOW)
    kept = fined(one, inspectors, "removal")
    assert standing(one) == "removed"
    with pytest.raises(errors.NotImpartial):
        taking_back.take_back_decision(kept, "anothers", by=inspectors[0], at=NOW)
    again = taking_back.take_back_decision(kept, "anothers", by=inspectors[2], at=NOW)
    assert standing(one) == "licensed"
    assert (again.decided_at, list(again.incidents.all())) == (None, list(kept.incidents.all()))
    kept.refresh_from_db()
    assert (kept.decision, kept.reasons) == ("removal", "Heard. (Invented.)")  # nothing is lost


def test_of_two_removals_the_one_that_stands_keeps_licences_ended(inspectors):
    one = recruiter(inspectors[0], NOW)
    first, second = (fined(one, inspectors, "removal") for _ in range(2))
    taking_back.take_back_decision(second, "twice", by=inspectors[2], at=NOW)
    assert standing(one) == "removed"
    taking_back.take_back_decision(first, "not_so", by=inspectors[2], at=NOW)
    assert standing(one) == "licensed"
    assert Review.objects.filter(decided_at=None).count() == 1


def test_a_suspension_lifted_in_error_runs_again(inspectors):
    one = recruiter(inspectors[0], NOW)
    fined(one, inspectors, "suspension", until_on=TODAY + timedelta(days=60))
    lifted = fined(one, inspectors, "lifted", at=NOW + timedelta(hours=1))
    assert standing(one) == "licensed"
    taking_back.take_back_decision(lifted, "anothers", by=inspectors[1], at=NOW)
    assert standing(one) == "suspended"


def test_only_labour_inspection_takes_back_and_says_why_in_a_code(inspectors, acting):
    one = recruiter(inspectors[0], NOW)
    licence = one.licences.get()
    with pytest.raises(WrongInput):
        taking_back.take_back_licence(licence, "not_wanted", by=inspectors[0], at=NOW)
    consul = officer(at=agency(AgencyKind.EMBASSY))
    acting(consul)
    with pytest.raises(NotYourRole):
        taking_back.take_back_licence(licence, "not_so", by=consul, at=NOW)


def test_where_a_worker_went_is_taken_back_and_kept_anew(inspectors, acting):
    one = recruiter(inspectors[0], NOW)
    consul, stranger = (officer(at=agency(AgencyKind.EMBASSY)) for _ in range(2))
    acting(consul)
    worker = workers.open_file(by=consul, at=NOW)
    went = {"worker": worker, "recruiter": one, "employer": "Household", "country": "MYS",
            "year": TODAY.year, "by": consul, "at": NOW}  # fmt: skip
    wrong = workers.record_deployment(**went)
    with pytest.raises(NotOpenToYou):
        taking_back.take_back_deployment(wrong, "not_so", by=stranger, at=NOW)
    taking_back.take_back_deployment(wrong, "not_so", by=consul, at=NOW)
    assert queries.standing_of(queries.deployments_of(worker)) == []
    with pytest.raises(errors.TakenBackAlready):
        workers.complain(
            one, ["pay"], by_whom="worker", country="MYS", received_on=TODAY, worker=worker,
            deployment=wrong, by=consul, at=NOW,
        )  # fmt: skip
    assert workers.record_deployment(**went).pk != wrong.pk


def test_the_pages_take_back_and_tell_it(inspectors, acting, client):
    one = recruiter(inspectors[0], NOW)
    fined(one, inspectors, "removal")
    client.force_login(inspectors[2])
    page = f"/recruitment/{one.pk}/"
    assert "Choose what is taken back." in client.post(page + "licence-back/", {}).text
    assert "Choose" in client.post(page + "decision-back/", {}).text
    for act, row in (("decision", one.reviews.get()), ("licence", one.licences.get())):
        sent = {"what": row.pk, "because": "anothers"}
        assert client.post(f"{page}{act}-back/", sent).status_code == 302
    shown = client.get(page).text
    assert shown.count("It was another&#x27;s") == 2
    assert "Heard. (Invented.)" in shown
    assert "Take back a licence" not in shown  # none is left to be taken back
    assert "No licence in force" in shown


def test_the_page_of_a_worker_takes_back_where_she_went(inspectors, acting, client):
    one = recruiter(inspectors[0], NOW)
    consul = officer(at=agency(AgencyKind.EMBASSY))
    acting(consul)
    worker = workers.open_file(by=consul, at=timezone.now())
    went = workers.record_deployment(
        worker, one, "Household", "MYS", year=TODAY.year, by=consul, at=timezone.now()
    )
    client.force_login(consul)
    page = f"/departures/{worker.number}/"
    sent = {"what": went.pk, "because": "not_so"}
    assert client.post(page + "do/work-back/", sent).status_code == 302
    shown = client.get(page).text
    assert "It was not so" in shown
    assert "Take back where she or he went" not in shown
    assert "Household" not in client.get(page + "do/complaint/").text
