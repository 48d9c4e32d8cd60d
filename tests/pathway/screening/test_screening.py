"""What was asked and seen is kept as it was said; nothing follows from it by itself."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.reasoning.indicators import indicators
from mekhala.core.reasoning.profiles import Profile as CoreProfile
from mekhala.core.reasoning.profiles import screening_lists
from mekhala.core.vocabulary.facts import facts
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination.queries import CaseStatus, statuses
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.screening import queries, services
from mekhala.pathway.screening.errors import ReasonMissing, ScreenedLater
from mekhala.pathway.screening.models import Profile
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer
from tests.builders_casework import met, screened


def test_asked_and_not_known_is_kept_apart_from_no_and_from_not_asked(db, acting):
    by = officer()
    answers = {"act.recruitment": True, "means.force": False, "means.threat": None}
    kept = screened(met(by), by, answers)
    kept.refresh_from_db()
    assert kept.answers == answers


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("answers", {"act.recruitmnt": True}, "'act.recruitment'"),
        ("indicators", ["exploitation.excessive_hours_"], "exploitation"),
        ("profile", "adult_labor", "'adult_labour'"),
        ("outcome", "referred", "'refer'"),
    ],
)
def test_an_unknown_code_is_refused_naming_the_nearest(db, acting, field, value, said):
    by = officer()
    case = met(by)
    with pytest.raises(WrongInput, match=said):
        screened(case, by, **{field: value})
    assert not case.screenings.exists()


@pytest.mark.parametrize("outcome", ["do_not_refer", "unsure"])
def test_not_referring_is_said_with_a_reason(db, acting, outcome):
    by = officer()
    case = met(by)
    with pytest.raises(ReasonMissing):
        screened(case, by, outcome=outcome, because="  ")
    assert screened(case, by, outcome=outcome, because="She asked to wait.").pk


def test_only_those_who_meet_people_screen(db, acting):
    case = met(officer())
    other = officer(Role.AUTHORITY)
    with pytest.raises(NotYourRole):
        services.record_screening(case=case, by=other, at=NOW, answers={}, outcome="refer")
    stranger = officer()
    acting(stranger)
    with pytest.raises(NotOpenToYou):
        services.record_screening(case=case, by=stranger, at=NOW, answers={}, outcome="refer")


def test_a_screening_is_not_dated_before_the_case(db, acting):
    by = officer()
    case = met(by)
    with pytest.raises(ScreenedLater):
        services.record_screening(
            case=case, by=by, at=NOW - timedelta(days=1), answers={}, outcome="refer"
        )


def test_many_indicators_set_no_status(db, acting):
    by = officer()
    case = met(by)
    every = list(indicators())
    screened(
        case, by, {}, outcome="unsure", because="Ask.", profile="adult_labour", indicators=every
    )
    assert queries.aid(case, profile="adult_labour", indicators=every)["result"] == "trafficking"
    assert statuses([case.number]) == {case.number: CaseStatus.ENCOUNTERED}


def test_without_a_profile_the_indicators_amount_to_nothing():
    seen = ["exploitation.excessive_hours"]
    assert queries.aid(Case(), profile="", indicators=seen) is None


@pytest.mark.parametrize(
    ("age", "certainty", "result"),
    [
        (30, "known", "exploitation_only"),
        (30, "estimated", "trafficking"),
        (15, "known", "trafficking"),
        (None, "unknown", "trafficking"),
    ],
)
def test_made_to_offend_is_read_by_the_age_of_the_case(age, certainty, result):
    case = Case(age=age, age_certainty=certainty)
    seen = ["exploitation.made_to_commit_offences", "exploitation.quotas"]
    answer = queries.aid(case, profile="forced_criminality", indicators=seen)
    assert answer["result"] == result


@pytest.mark.parametrize("profile", ["", *CoreProfile])
def test_a_screening_keeps_the_version_of_its_list(db, acting, profile):
    by = officer()
    kept = screened(met(by), by, {}, outcome="refer", profile=profile)
    kept.refresh_from_db()
    assert kept.list_version == (screening_lists()[profile].version if profile else "")


def test_the_room_and_the_core_know_the_same_lists():
    assert set(Profile.values) == set(CoreProfile)


@given(
    age=st.none() | st.integers(0, 120),
    certainty=st.sampled_from(["known", "estimated", "disputed", "unknown"]),
)
def test_whoever_is_not_known_to_be_adult_gets_a_childs_lists(age, certainty):
    profiles = queries.fitting_profiles(Case(age=age, age_certainty=certainty))
    adult = certainty == "known" and age is not None and age >= 18
    adults = {CoreProfile.ADULT_LABOUR, CoreProfile.ADULT_SEXUAL}
    childrens = {CoreProfile.CHILD_LABOUR, CoreProfile.CHILD_SEXUAL}
    assert set(profiles) == (adults if adult else childrens) | {CoreProfile.FORCED_CRIMINALITY}


def test_every_fact_has_words():
    assert all(fact.meaning for fact in facts().values())
