"""Agencies are reviewed by a threshold and judged by a person; a worker's file is the worker's."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.estimation.rates import FEWEST, exact, rate
from mekhala.pathway.determination.queries import open_file_of
from mekhala.pathway.labour_migration import (
    errors,
    flags,
    funds,
    looking_into,
    queries,
    services,
    volume,
    workers,
)
from mekhala.pathway.labour_migration.ladder import Told, ladder, why_to_review
from mekhala.pathway.labour_migration.models import Complaint, Deployment, Review, Worker
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import NotYourRole, YearNotMeant
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import NOW, agency, officer
from tests.builders_leaving import PDF, labour_officers, recruiter

TODAY = timezone.localdate(NOW)


def test_the_exact_interval_is_that_of_garwood():
    assert exact(0) == pytest.approx((0, 3.6889), abs=1e-4)
    assert exact(10) == pytest.approx((4.7954, 18.3904), abs=1e-4)


@given(st.integers(0, 60), st.integers(0, 5000))
def test_a_rate_lies_in_its_interval_and_few_placements_tell_none(events, size):
    found = rate(events, size)
    assert (found.rate is None) == (size < FEWEST)
    if found.rate is not None:
        assert found.low <= found.rate <= found.high
        assert not found.is_above(found)


@given(st.lists(st.tuples(st.sampled_from(["fee", "pay", "hours"]), st.integers(0, 800))))
def test_a_review_opens_at_the_threshold_and_never_below(said):
    told = [Told(frozenset({kind}), TODAY - timedelta(days=n)) for kind, n in said]
    recent = sum(n < ladder().days for _kind, n in said)
    assert bool(why_to_review(told, today=TODAY)) == (recent >= ladder().complaints)
    grave = [*told, Told(frozenset({"violence"}), TODAY)]
    assert why_to_review(grave, today=TODAY) == "grave"


@pytest.fixture
def inspectors(db, acting):
    """Return three officers of labour inspection, the first acting."""
    found = labour_officers(3)
    acting(found[0])
    return found


def test_a_housemaid_complains_in_kuala_lumpur_and_the_agency_is_suspended(inspectors, acting):
    one = recruiter(inspectors[0], NOW)
    consul = officer(at=agency(AgencyKind.EMBASSY))
    acting(consul)
    told = workers.complain(
        one, ["confined", "pay"], by_whom="worker", country="MYS", received_on=TODAY,
        words="She may not leave the house. (Invented.)", labour_may_read=True, by=consul, at=NOW,
    )  # fmt: skip
    with pytest.raises(errors.WorkersYesMissing):
        workers.open_case(
            told.worker, worker_says_yes=None, met_at=NOW, by=consul, at=NOW, person={}
        )
    opened = workers.open_case(
        told.worker, worker_says_yes=True, met_at=NOW, by=consul, at=NOW,
        person={"place_code": "12", "sex": "female", "age": 24, "age_certainty": "known"},
    )  # fmt: skip
    assert told.worker.case_id == opened.number
    acting(inspectors[1])
    review = Review.objects.get()
    assert review.because == "grave"
    with pytest.raises(errors.ReasonsMissing):
        services.decide_review(review, "warning", reasons=" ", by=inspectors[1], at=NOW)
    with pytest.raises(errors.WrongTime):
        services.decide_review(review, "suspension", reasons="Heard.", by=inspectors[1], at=NOW)
    services.decide_review(
        review, "suspension", until_on=TODAY + timedelta(days=90), reasons="Heard. (Invented.)",
        by=inspectors[1], at=NOW,
    )  # fmt: skip
    again = queries.recruiters().get(pk=one.pk)
    assert queries.standing(again, TODAY) == "suspended"
    assert queries.standing(again, TODAY + timedelta(days=91)) == "licensed"
    assert Complaint.objects.get().words.startswith("She may not")  # with the worker's yes
    with pytest.raises(errors.ReviewDecided):
        services.decide_review(review, "none", reasons="Again.", by=inspectors[1], at=NOW)


def test_who_recorded_an_incident_does_not_decide_and_what_was_decided_is_not_counted_twice(
    inspectors, acting
):
    one = recruiter(inspectors[0], NOW)
    for _ in range(3):
        services.record_incident(
            one, ["fee"], source="inspection", country="THA", on=TODAY, by=inspectors[0], at=NOW
        )
    review = Review.objects.get(because="repeated")
    with pytest.raises(errors.NotImpartial):
        services.decide_review(review, "warning", reasons="So.", by=inspectors[0], at=NOW)
    acting(inspectors[1])
    services.decide_review(review, "removal", reasons="So. (Invented.)", by=inspectors[1], at=NOW)
    assert queries.standing(queries.recruiters().get(), TODAY) == "removed"
    services.record_incident(
        one, ["fee"], source="inspection", country="THA", on=TODAY, by=inspectors[1], at=NOW
    )
    assert Review.objects.filter(decided_at=None).count() == 0


def test_placing_without_a_licence_opens_a_review_and_rates_are_by_name(inspectors):
    bare = recruiter(inspectors[0], NOW, licensed=False, number="A-1")
    good = recruiter(inspectors[0], NOW, number="B-1")
    for one, people in ((bare, 150), (good, 4000)):
        services.record_placement(
            one, "Households (invented)", "MYS", month=date(2026, 2, 1), people=people,
            by=inspectors[0], at=NOW,
        )  # fmt: skip
    assert Review.objects.get().recruiter == bare
    _all, lines = queries.rates("recruiter", since=date(2025, 4, 1), until=TODAY)
    assert [line.name for line in lines] == sorted(line.name for line in lines)
    assert lines[0].rate.rate is None  # too few to tell
    assert lines[1].rate.rate == 0


def test_a_suspension_begins_on_the_day_of_this_country(inspectors):
    one = recruiter(inspectors[0], NOW)
    opened = services.open_review(one, by=inspectors[0], at=NOW)
    night = datetime(2026, 3, 20, 18, 30, tzinfo=UTC)  # half past one of the 21st in Phnom Penh
    services.decide_review(
        opened, "suspension", reasons="Heard.", until_on=date(2026, 4, 20), by=inspectors[1],
        at=night,
    )  # fmt: skip
    found = queries.recruiters().get(pk=one.pk)
    assert queries.standing(found, date(2026, 3, 20)) == "licensed"
    assert queries.standing(found, date(2026, 3, 21)) == "suspended"


def test_two_agencies_of_one_name_are_two_in_the_rates(inspectors):
    by = inspectors[0]
    twins = [
        services.register_recruiter(n, "Lotus (invented)", name_km="ឈូក", by=by, at=NOW)
        for n in ("R-1", "R-2")
    ]
    for one, people in zip(twins, (300, 700), strict=True):
        services.record_placement(
            one, "Works", "MYS", month=date(2026, 2, 1), people=people, by=by, at=NOW
        )
    services.record_incident(twins[0], ["fee"], source="complaint", country="MYS", on=TODAY, by=by,
                             at=NOW)  # fmt: skip
    everybody, lines = queries.rates("recruiter", since=date(2025, 4, 1), until=TODAY)
    assert [(line.rate.events, line.rate.size) for line in lines] == [(1, 300), (0, 700)]
    assert [line.name for line in lines] == ["Lotus (invented), R-1", "Lotus (invented), R-2"]
    assert (everybody.events, everybody.size) == (1, 1000)


def test_a_workers_file_is_closed_to_all_but_who_opened_it(inspectors, acting):
    one = recruiter(inspectors[0], NOW)
    consul = officer()
    acting(consul)
    told = workers.complain(
        one, ["fee"], by_whom="family", country="THA", received_on=TODAY, labour_may_read=False,
        by=consul, at=NOW,
    )  # fmt: skip
    left = workers.keep_departure(told.worker, "THA", contract=PDF, by=consul, at=NOW)
    assert workers.give_copy(left, on=TODAY, by=consul, at=NOW) == PDF
    with pytest.raises(errors.NotAContract):
        workers.keep_departure(told.worker, "THA", contract=b"MZ", by=consul, at=NOW)
    for other in (inspectors[1], officer(at=consul.agency)):
        become(other.pk)
        assert not Worker.objects.exists()
        assert not Complaint.objects.exists()


def test_the_person_is_asked_before_the_contact_and_may_stop_it(inspectors, acting):
    helper = officer()
    acting(helper)
    wish = workers.ask_after(
        workers.open_file(by=helper, at=NOW), place_code="12", how="By telephone",
        contact="An aunt", first_on=TODAY, by=helper, at=NOW,
    )  # fmt: skip
    with pytest.raises(errors.PersonFirst):
        workers.record_asking(wish, "contact", "well", on=TODAY, by=helper, at=NOW)
    workers.record_asking(wish, "person", "not_reached", on=TODAY, by=helper, at=NOW)
    assert [w.pk for w in queries.to_ask_after(helper, now=NOW, today=TODAY)] == [wish.pk]
    workers.record_asking(wish, "contact", "well", on=TODAY, by=helper, at=NOW)
    workers.record_asking(wish, "person", "no_more", on=TODAY, by=helper, at=NOW)
    wish.refresh_from_db()
    assert wish.next_on is None


def test_a_fund_lends_what_it_holds_and_takes_back_what_is_owed(inspectors):
    keeper = inspectors[0]
    told = {"on": TODAY - timedelta(days=9), "by": keeper, "at": NOW}
    fund = funds.open_fund("Fund (invented)", place_code="12", terms="No interest", **told)
    funds.enter(fund, "paid_in", 1000, **told)
    with pytest.raises(errors.FundTooSmall):
        funds.enter(fund, "lent", 1001, loan="1", **told)
    funds.enter(fund, "lent", 800, loan="1", due_on=TODAY - timedelta(days=1), **told)
    for number in ("", "1"):
        with pytest.raises(errors.LoanNumberTaken):
            funds.enter(fund, "lent", 1, loan=number, **told)
    with pytest.raises(errors.NoSuchLoan):
        funds.enter(fund, "repaid", 801, loan="1", **told)
    funds.enter(fund, "repaid", 300, loan="1", **told)
    [loan] = queries.loans(fund.entries.all())
    assert (queries.balance(fund.entries.all()), loan.owed) == (500, 500)
    assert loan.is_overdue(TODAY)
    with pytest.raises(errors.NotYourFund):
        funds.enter(fund, "cost", 1, on=TODAY, by=officer(), at=NOW)


def test_who_needs_help_stays_on_the_list_of_the_day(inspectors, acting, client):
    helper = officer()
    acting(helper)
    at = timezone.now()
    today, told = timezone.localdate(at), {"by": helper, "at": at}
    file = workers.open_file(**told)
    wish = workers.ask_after(file, place_code="12", how="By telephone", contact="An aunt",
                             first_on=today, **told)  # fmt: skip
    for whom, found in (("person", "not_reached"), ("contact", "needs_help")):
        workers.record_asking(wish, whom, found, on=today, **told)
    assert list(queries.to_ask_after(helper, now=at, today=today)) == [wish]
    with pytest.raises(errors.PersonFirst):
        workers.record_asking(wish, "contact", "well", on=today, **told)
    client.force_login(helper)
    page = client.get(f"/departures/{file.number}/").content.decode()
    assert "The contact the person chose: <strong>Needs help" in page
    assert "Needs help" in client.get("/today/").content.decode()
    acting(helper)
    workers.record_asking(wish, "person", "well", on=today, **told)
    assert not queries.to_ask_after(helper, now=at, today=today).exists()


@pytest.fixture
def fund(inspectors):
    """Return a fund of 1,000 riel, opened ten days ago, and a function that adds a line."""
    keeper, opened = inspectors[0], TODAY - timedelta(days=10)
    made = funds.open_fund(
        "Fund (invented)", place_code="12", terms="No interest", on=opened, by=keeper, at=NOW
    )

    def moves(kind, riel, days_ago, **more):
        day = TODAY - timedelta(days=days_ago)
        return funds.enter(made, kind, riel, on=day, by=keeper, at=NOW, **more)

    moves("paid_in", 1000, 5)
    return made, moves


def test_a_ledger_adds_up_on_every_day_and_not_only_today(fund):
    made, moves = fund
    for kind, more in (("lent", {"loan": "1"}), ("cost", {})):
        with pytest.raises(errors.FundTooSmall):
            moves(kind, 600, 7, **more)  # before anything was paid in
    moves("lent", 600, 2, loan="1")
    with pytest.raises(errors.FundTooSmall):
        moves("cost", 500, 4)  # there on that day, not any more on the day of the loan
    moves("cost", 400, 4)
    held = 0
    for line in made.entries.all():
        held += queries.balance([line])
        assert held >= 0


def test_a_loan_is_paid_back_after_it_was_lent_and_nothing_moves_before_the_fund(fund):
    _made, moves = fund
    moves("lent", 600, 2, loan="1")
    for kind in ("repaid", "forgiven"):
        with pytest.raises(errors.NoSuchLoan):
            moves(kind, 100, 3, loan="1")
    with pytest.raises(errors.BeforeTheFund):
        moves("paid_in", 1, 11)
    with pytest.raises(errors.DueBeforeLent):
        moves("lent", 100, 1, loan="2", due_on=TODAY - timedelta(days=3))
    with pytest.raises(errors.NotOfALoan):
        moves("paid_in", 100, 1, loan="1")
    moves("repaid", 100, 2, loan="1")


def test_a_record_of_who_sent_a_worker_where_carries_a_complaint(inspectors, acting):
    one, other = (recruiter(inspectors[0], NOW, number=n) for n in ("R-1", "R-2"))
    consul = officer()
    acting(consul)
    file = workers.open_file(by=consul, at=NOW)
    sent = workers.record_deployment(file, one, "Household", "MYS", year=2025, by=consul, at=NOW)
    told = {"by_whom": "worker", "country": "MYS", "received_on": TODAY, "by": consul, "at": NOW}
    workers.complain(one, ["fee"], worker=file, deployment=sent, **told)
    assert [d.complained for d in queries.deployments_of(file)] == [1]
    with pytest.raises(errors.AnotherAgency):
        workers.complain(other, ["fee"], worker=file, deployment=sent, **told)
    with pytest.raises(errors.AnotherAgency):
        workers.complain(one, ["fee"], deployment=sent, **told)  # another worker's file
    with pytest.raises(errors.NoNumbers):
        workers.record_deployment(file, one, "Household", "MYS", year=2025, by=consul, at=NOW)
    acting(inspectors[0])
    assert not Deployment.objects.exists()


def flagged(by, *, yes, age=30, certainty="known"):
    officer(Role.AUTHORITY)
    file = workers.open_file(by=by, at=NOW)
    workers.open_case(
        file, worker_says_yes=True, met_at=NOW, by=by, at=NOW,
        person={"place_code": "12", "sex": "female", "age": age, "age_certainty": certainty},
    )  # fmt: skip
    return flags.screen(
        file, answers={"purpose.servitude": True}, outcome="refer", authority_may_know=yes,
        by=by, at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("yes", [False, None])
def test_a_flag_on_an_adult_opens_a_referral_with_her_yes_only(inspectors, acting, yes):
    consul = officer()
    acting(consul)
    waits, sent = flagged(consul, yes=yes), flagged(consul, yes=True)
    assert open_file_of(waits.case) is None
    file = open_file_of(sent.case)
    assert file is not None
    assert file.screened_by == consul


def test_a_flag_on_somebody_not_known_to_be_adult_opens_a_referral(inspectors, acting):
    consul = officer()
    acting(consul)
    assert open_file_of(flagged(consul, yes=None, age=None, certainty="unknown").case) is not None


def test_nobody_is_asked_about_signs_before_a_case_with_a_yes(inspectors, acting):
    consul = officer()
    acting(consul)
    file = workers.open_file(by=consul, at=NOW)
    with pytest.raises(errors.CaseFirst):
        flags.screen(file, answers={}, outcome="refer", authority_may_know=True, by=consul, at=NOW)


def test_a_wrong_line_is_taken_back_by_another_and_the_ledger_adds_up_on_every_day(fund):
    made, moves = fund
    entries = made.entries.all
    before = queries.balance(entries())
    wrong = moves("cost", 400, 3)
    told = {"by": wrong.recorded_by, "at": NOW}
    with pytest.raises(errors.BeforeTheLine):
        funds.take_back(wrong, "Typed twice", on=TODAY - timedelta(days=4), **told)
    with pytest.raises(errors.WhyTakenBack):
        funds.take_back(wrong, " ", on=TODAY, **told)
    line = funds.take_back(wrong, "Typed twice", on=TODAY - timedelta(days=1), **told)
    assert (line.kind, line.takes_back, line.reason) == ("taken_back", wrong, "Typed twice")
    held = {n: queries.balance(e for e in entries() if e.on <= TODAY - timedelta(days=n))
            for n in (2, 1, 0)}  # fmt: skip
    assert held == {2: before - 400, 1: before, 0: before}
    with pytest.raises(errors.TakenBackAlready):
        funds.take_back(wrong, "Again", on=TODAY, **told)
    with pytest.raises(errors.NotToTakeBack):
        funds.take_back(line, "Again", on=TODAY, **told)
    with pytest.raises(errors.NotYourFund):
        funds.take_back(wrong, "Again", on=TODAY, by=officer(), at=NOW)


def test_what_was_spent_since_is_not_taken_back_and_a_repaid_loan_only_after_its_repayments(fund):
    made, moves = fund
    entries = made.entries.all
    lent = moves("lent", 600, 3, loan="9")
    told = {"on": TODAY, "by": lent.recorded_by, "at": NOW}
    with pytest.raises(errors.FundTooSmall):
        funds.take_back(entries().get(kind="paid_in"), "Never came", **told)
    repaid = moves("repaid", 100, 2, loan="9")
    with pytest.raises(errors.RepaidAlready):
        funds.take_back(lent, "Never lent", **told)
    funds.take_back(repaid, "Of another loan", **told)
    assert [one.owed for one in queries.loans(entries())] == [600]
    funds.take_back(lent, "Never lent", **told)
    assert (queries.loans(entries()), queries.balance(entries())) == ([], 1000)
    with pytest.raises(errors.LoanNumberTaken):
        moves("lent", 1, 0, loan="9")


def test_what_is_found_of_a_complaint_is_said_by_another_with_reasons_and_decides_nothing(
    inspectors,
):
    one, (first, second, _third) = recruiter(inspectors[0], NOW), inspectors
    told = {"source": "complaint", "country": "MYS", "on": TODAY, "by": first, "at": NOW}
    heard = [services.record_incident(one, ["fee"], **told) for _ in range(3)]
    said = {"reasons": "Receipts were read. (Invented.)", "on": TODAY, "at": NOW}
    for wrong, refused in (
        ({"by": first}, errors.WroteItDown),
        ({"reasons": " "}, errors.ReasonsMissing),
        ({"on": TODAY + timedelta(days=1)}, errors.DayToCome),
        ({"on": TODAY - timedelta(days=60)}, errors.BeforeTheComplaint),
        ({"by": officer()}, NotYourRole),
    ):
        with pytest.raises(refused):
            looking_into.record_finding(heard[0], "established", **said | {"by": second} | wrong)
    for each, found in zip(heard, ("established", "unfounded", "not_told"), strict=True):
        looking_into.record_finding(each, found, by=second, **said)
    counted = queries.found_of("recruiter", since=date(2025, 4, 1), until=TODAY)
    assert counted[one.pk] == counted[""] == {"established": 1, "unfounded": 1, "unknown": 1}
    looking_into.record_finding(heard[2], "established", by=second, **said)
    again = queries.complaints_told().get(pk=heard[2].pk)
    assert again.established is True
    assert [f.finding for f in again.findings.all()] == ["established", "not_told"]
    assert not Review.objects.filter(decided_at__isnull=False).exists()
    assert queries.standing(queries.recruiters().get(), TODAY) == "licensed"
    seen = services.record_incident(one, ["fee"], **told | {"source": "inspection"})
    with pytest.raises(errors.NoComplaint):
        looking_into.record_finding(seen, "established", by=second, **said)


def test_a_complaint_entered_by_mistake_counts_for_nothing_and_stays_readable(inspectors):
    one, (first, second, _third) = recruiter(inspectors[0], NOW), inspectors
    told = {"source": "complaint", "country": "MYS", "on": TODAY, "by": first, "at": NOW}
    heard = [services.record_incident(one, ["fee"], **told) for _ in range(2)]
    span = {"since": date(2025, 4, 1), "until": TODAY}
    found = {"reasons": "It is another agency's. (Invented.)", "on": TODAY, "by": second, "at": NOW}
    assert queries.rates("recruiter", **span)[0].events == 2
    looking_into.record_finding(heard[0], "mistaken", **found)
    assert queries.rates("recruiter", **span)[0].events == 1
    assert queries.found_of("recruiter", **span)[one.pk] == {"unknown": 1}
    assert dict(volume.by_kind(**span))["fee"].events == 1
    services.record_incident(one, ["fee"], **told)
    assert not Review.objects.exists()  # two that count are below the threshold
    looking_into.record_finding(heard[0], "not_told", **found)  # the mistake was one itself
    assert queries.rates("recruiter", **span)[0].events == 3
    assert len(queries.complaints_told()) == 3


def test_a_suspension_ends_early_by_a_review_of_its_own_and_by_nothing_else(inspectors):
    one, (first, second, _third) = recruiter(inspectors[0], NOW), inspectors
    later = NOW + timedelta(days=1)

    def decided(rung, at, until=None):
        opened = queries.open_review(one) or services.open_review(one, by=first, at=at)
        services.decide_review(
            opened, rung, reasons="Heard. (Invented.)", until_on=until, by=second, at=at
        )
        return queries.standing(queries.recruiters().get(), TODAY + timedelta(days=1))

    with pytest.raises(errors.NotSuspended):
        decided("lifted", NOW)
    assert decided("suspension", NOW, TODAY + timedelta(days=60)) == "suspended"
    assert decided("none", later) == "suspended"
    with pytest.raises(errors.WrongTime):
        decided("lifted", later, TODAY + timedelta(days=9))
    assert decided("lifted", later + timedelta(hours=1)) == "licensed"
    assert queries.standing(queries.recruiters().get(), TODAY) == "suspended"  # it was, on the day


def test_days_and_years_that_cannot_be_meant_are_refused_and_nobody_is_asked_in_the_past(
    inspectors, acting
):
    one, (by, *_others) = recruiter(inspectors[0], NOW), inspectors
    told = {"by": by, "at": NOW}
    file = workers.open_file(**told)
    for year in (1989, TODAY.year + 2):
        with pytest.raises(YearNotMeant):
            workers.record_deployment(file, one, "Household", "MYS", year=year, **told)
    with pytest.raises(YearNotMeant):
        workers.complain(
            one, ["fee"], worker=file, by_whom="worker", country="MYS",
            received_on=date(1899, 1, 1), **told,
        )  # fmt: skip
    with pytest.raises(YearNotMeant):
        workers.keep_departure(file, "MYS", leaves_on=date(9999, 12, 31), **told)
    how = {"place_code": "12", "how": "By telephone", "contact": "An aunt", **told}
    for first_on in (TODAY - timedelta(days=1), TODAY + timedelta(days=366)):
        with pytest.raises(errors.AskFirstOn):
            workers.ask_after(file, first_on=first_on, **how)
    wish = workers.ask_after(file, first_on=TODAY, **how)
    with pytest.raises(errors.AskedBefore):  # it would have opened the way to the contact
        workers.record_asking(wish, "person", "not_reached", on=TODAY - timedelta(days=1), **told)
    later = {"by": by, "at": NOW + timedelta(days=40)}
    workers.record_asking(wish, "person", "well", on=TODAY + timedelta(days=40), **later)
    with pytest.raises(errors.AskedBefore):
        workers.record_asking(wish, "person", "well", on=TODAY + timedelta(days=39), **later)


def test_a_wrong_count_of_placements_is_corrected_with_a_reason_and_stays_readable(
    inspectors, client
):
    one, (first, *_others) = recruiter(inspectors[0], NOW), inspectors
    told = {"month": TODAY, "by": first, "at": NOW}
    kept = services.record_placement(one, "Households (invented)", "MYS", people=2400, **told)
    with pytest.raises(errors.CountedAlready):
        services.record_placement(one, "Households (invented)", "MYS", people=240, **told)
    with pytest.raises(errors.WhyCorrected):
        services.correct_placement(kept, 240, " ", by=first, at=NOW)
    client.force_login(first)
    page = f"/recruitment/{one.pk}/correction/"
    assert "Choose the count." in client.post(page, {}).content.decode()
    said = {"placement": kept.pk, "people": 240, "because": "A nought too many"}
    assert client.post(page, said).status_code == 302
    shown = client.get(f"/recruitment/{one.pk}/").content.decode()
    assert "240; 2400 before: A nought too many" in shown
    span = {"since": date(2025, 4, 1), "until": TODAY}
    assert queries.rates("recruiter", **span)[0].size == 240
