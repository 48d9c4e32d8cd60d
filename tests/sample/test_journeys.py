from collections import Counter
from datetime import date, timedelta

import pytest

from mekhala.core.wrong_input import WrongInput
from mekhala.sample.agencies import WHO_MEET_PEOPLE, agency_called
from mekhala.sample.journeys import journeys
from mekhala.sample.people import people
from mekhala.sample.proceedings import fair_trial_input
from mekhala.sample.services import services

from .conftest import TODAY


def test_the_same_seed_gives_the_same_ways(country, ways):
    assert tuple(journeys(country, 7, today=TODAY)) == ways


def test_some_are_never_met(country, ways):
    assert 0.4 * len(country) < len(ways) < 0.7 * len(country)


def test_an_officer_of_an_agency_that_meets_people_met_each(ways):
    for way in ways:
        agency = agency_called(way.encounter.agency_code)
        assert agency.kind in WHO_MEET_PEOPLE
        assert 0 <= way.encounter.officer_index < agency.officers
        assert way.encounter.commune_code.startswith(way.encounter.province_code)


def test_whoever_says_no_is_left_alone(ways):
    stopped = [way for way in ways if way.encounter.wants_to_go_on in ("no", "not_said")]

    assert stopped
    assert not any(way.screening or way.determination or way.support for way in stopped)


def test_no_step_lies_after_today(ways):
    for way in ways:
        assert max(_days(way)) <= TODAY


def _days(way):
    yield way.encounter.met_on
    if way.determination:
        yield from (way.determination.opened_on, way.determination.conduct_to)
        yield from filter(None, (way.determination.decided_on, way.determination.registered_on))
    for referral in way.support.referrals if way.support else ():
        yield from filter(None, (referral.asked_on, referral.answered_on))
    for accused in way.proceeding.accused if way.proceeding else ():
        yield from (step.on for step in accused.ladder)


def test_every_outcome_and_every_decision_occurs(ways):
    outcomes = Counter(way.screening.outcome for way in ways if way.screening)
    decisions = Counter(way.determination.decision for way in ways if way.determination)

    assert set(outcomes) == {"refer", "do_not_refer", "unsure"}
    assert set(decisions) == {"positive", "negative", None}


def test_two_different_officers_read_each_file(ways):
    for way in ways:
        if way.determination:
            assert way.determination.decider_index != way.determination.second_reader_index


def test_only_a_positive_decision_leads_to_registration(ways):
    for way in ways:
        if way.is_registered:
            assert way.determination.decision == "positive"
            assert way.determination.registered_on >= way.determination.decided_on


def test_facts_carry_each_decision(ways):
    for way in ways:
        file = way.determination
        if file and file.decision == "positive":
            assert _any_yes(file, "act.")
            assert _any_yes(file, "purpose.")
            assert _any_yes(file, "means.") or way.person.true_age < 18
        if file and file.decision == "negative":
            assert not _any_yes(file, "purpose.")
            assert "purpose" in file.none_of


def _any_yes(file, group):
    return any(code.startswith(group) and v == "yes" for code, v in file.facts.items())


def test_help_does_not_wait_for_the_decision(ways):
    early = [
        referral
        for way in ways
        if way.support and way.determination and way.determination.decided_on
        for referral in way.support.referrals
        if referral.asked_on < way.determination.decided_on
    ]

    assert early


def test_needs_are_met_declined_with_a_reason_or_counted_as_unmet(ways):
    answers, unmet = Counter(), Counter()
    for way in ways:
        for referral in way.support.referrals if way.support else ():
            answers[referral.answer] += 1
            assert (referral.reason is not None) == (
                referral.answer in ("declined", "person_declined")
            )
        unmet.update(need.why for need in (way.support.unmet if way.support else ()))

    assert {"accepted", "declined", "person_declined"} <= set(answers)
    assert {"no_service_takes_this_person", "all_asked_declined"} == set(unmet)


def test_a_person_is_referred_only_to_services_that_take_them(ways):
    by_code = {service.code: service for service in services(7, today=TODAY)}
    for way in ways:
        for referral in way.support.referrals if way.support else ():
            service = by_code[referral.service_code]
            assert way.person.sex in service.sexes
            assert way.person.language in service.languages


def test_the_accused_climb_one_rung_at_a_time_and_some_are_acquitted(ways):
    accused = [a for way in ways if way.proceeding for a in way.proceeding.accused]

    assert {a.ladder[0].stage for a in accused} == {"suspect"}
    assert {"acquitted", "discontinued", "convicted_final"} <= {a.stage for a in accused}
    for each in accused:
        days = [step.on for step in each.ladder]
        assert days == sorted(days)
        assert (each.sentence_years is not None) == each.stage.startswith("convicted")


def test_the_charges_fit_the_statute_and_the_fair_trial_input_says_what_is_known(ways):
    way = next(w for w in ways if w.proceeding)
    accused = way.proceeding.accused[0]

    told = fair_trial_input(
        "P-1", way.proceeding, accused, person=way.person, file=way.determination
    )

    assert way.proceeding.article in {"10", "12", "15", "17", "19"}
    assert told["charges"] == [{"statute": "KH-LSHTSE-2008", "article": way.proceeding.article}]
    assert None not in told["custody"].values()


def test_people_are_met_within_the_period():
    period = (date(2025, 1, 1), date(2025, 1, 31))
    met = [
        way.encounter.met_on for way in journeys(people(300, seed=1), 1, today=TODAY, period=period)
    ]

    assert period[0] <= min(met) <= max(met) <= period[1]


def test_refuses_a_period_that_lies_ahead():
    with pytest.raises(WrongInput, match="expected two days in order"):
        journeys([], 1, today=TODAY, period=(TODAY, TODAY + timedelta(days=1)))
