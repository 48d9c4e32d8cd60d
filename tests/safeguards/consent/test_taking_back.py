"""Taking a yes back closes what rested on it, frees the place and tells the agency to stop."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.justice.models import Proceeding
from mekhala.pathway.referral import services as referrals
from mekhala.pathway.referral.models import Referral
from mekhala.safeguards.access.models import Grant
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.consent import errors, queries, services
from mekhala.safeguards.consent.models import Answer, DataClass, Held, Stop
from mekhala.safeguards.notices.models import Notice
from tests.builders import NOW, agency, case, officer
from tests.builders_help import asked, provider, service, yes
from tests.builders_justice import answer_about, court_officer

LATER = NOW + timedelta(hours=1)
ALL = [DataClass.IDENTITY, DataClass.STORY]


def accepted(*kinds, **more):
    """Return a referral a provider accepted, with a yes about the needs and about ``kinds``."""
    house = service()
    request, helper = asked(house, **more), provider(house)
    for kind in kinds:
        yes(request.case, house, by=request.asked_by, data_class=kind)
    referrals_as(helper).accept(request, by=helper, at=NOW)
    return request, helper


def referrals_as(who):
    from mekhala.safeguards.access.acting import become

    become(who.pk)
    return referrals


def back(request, acting, **which):
    """Take back what the person said yes to, as the officer who asked."""
    acting(request.asked_by)
    return services.withdraw(request.case_id, by=request.asked_by, at=LATER, **which)


def test_a_grant_names_its_yes_carries_its_classes_and_ends_with_it(db, acting):
    request, helper = accepted(DataClass.IDENTITY)
    acting(helper)
    grant = Grant.objects.get(officer=helper)
    acting(request.asked_by)
    said = queries.standing(request.case_id)
    newest = max(said, key=lambda s: s.pk)
    assert (grant.consent, grant.field_classes) == (newest.pk, ["identity", "open"])
    assert grant.until <= min(s.until for s in said)


def test_taken_back_the_file_is_closed_at_the_next_question(db, acting):
    request, helper = accepted(*ALL)
    acting(helper)
    assert Case.objects.exists()
    back(request, acting)
    acting(helper)
    assert not Case.objects.exists()


def test_one_kind_taken_back_narrows_and_the_agency_is_told(db, acting):
    request, helper = accepted(*ALL)
    back(request, acting, data_class=DataClass.STORY)
    acting(helper)
    assert Grant.objects.get(officer=helper).field_classes == ["identity", "open"]
    stop = Stop.objects.get()
    assert (stop.recipient, stop.data_class) == (helper.agency.code, "story")


def test_a_yes_given_later_widens_what_stands(db, acting):
    request, helper = accepted()
    before = Grant.objects.get(officer=helper).until
    yes(request.case, request.service, by=request.asked_by, data_class=DataClass.STORY, at=LATER)
    acting(helper)
    grant = Grant.objects.get(officer=helper)
    assert (grant.field_classes, grant.until) == (["narrative", "open"], before)


def test_an_officer_who_did_not_give_the_grant_takes_back_and_it_closes(db, acting):
    request, helper = accepted()
    from tests.builders import open_to

    other = officer(Role.REGISTRAR)
    open_to(other, request.case_id, Purpose.REGISTRATION)
    acting(other)
    services.withdraw(request.case_id, by=other, at=LATER)
    acting(helper)
    assert not Case.objects.exists()


def test_a_request_nobody_answered_is_taken_back_and_its_place_is_free(db, acting):
    house = service(free=1)
    request = asked(house)
    house.refresh_from_db()
    assert house.places_free == 0
    back(request, acting)
    house.refresh_from_db()
    assert (house.places_free, house.places_held) == (1, 0)
    assert Referral.objects.get().status == "withdrawn"
    acting(provider(house))
    assert not Referral.objects.exists()


def test_the_agency_is_told_by_the_number_it_knows_and_confirms(db, acting):
    house = service()
    helper, request = provider(house), asked(house)
    back(request, acting)
    acting(helper)
    told, stop = Notice.objects.get(), Stop.objects.get()
    assert told.subject == stop.reference == f"R-{request.pk}"
    services.confirm_stop(stop, held=Held.DESTROYED, by=helper, at=LATER)
    acting(request.asked_by)
    shown = queries.stops_of(request.case_id).get()
    assert (shown.held, shown.acknowledged_by) == ("destroyed", helper.pk)


def test_another_agency_neither_sees_nor_confirms_a_stop(db, acting):
    request, _helper = accepted()
    back(request, acting)
    stop, stranger = Stop.objects.get(), officer(Role.PROVIDER)
    acting(stranger)
    assert not Stop.objects.exists()
    with pytest.raises(errors.NotYourStop):
        services.confirm_stop(stop, held=Held.NOTHING, by=stranger, at=LATER)
    acting(request.asked_by)
    assert Stop.objects.filter(pk=stop.pk).update(held="nothing") == 0


def test_who_was_told_nothing_is_told_nothing_of_a_withdrawal(db, acting):
    me, house = officer(), service()
    made = case(me)
    yes(made, house, by=me)
    acting(me)
    services.withdraw(made.number, by=me, at=LATER)
    assert not Stop.objects.exists()


def test_everything_is_taken_back_in_one_act(db, acting):
    me, houses = officer(), [service(), service()]
    made = case(me)
    for house in houses:
        yes(made, house, by=me)
    acting(me)
    assert len(services.withdraw(made.number, by=me, at=LATER)) == 2
    with pytest.raises(errors.NothingToTakeBack):
        services.withdraw(made.number, by=me, at=LATER)


def test_the_link_to_a_proceeding_is_taken_out_and_the_proceeding_stays(db, acting):
    from mekhala.pathway.justice.services import file_complaint
    from tests.builders_justice import AT, COMPLAINT_ON

    first, court = officer(), court_officer()
    made = case(first)
    acting(first)
    answer_about(made, first, Answer.GIVEN, to=court, minutes=1)
    acting(court)
    held = file_complaint(by=court, at=AT, complaint_on=COMPLAINT_ON, case=made.number)
    acting(first)
    answer_about(made, first, Answer.WITHDRAWN, to=court, minutes=2)
    acting(court)
    assert Proceeding.objects.get(pk=held.pk).case_id is None
    assert Stop.objects.get().reference == held.number


def test_the_database_refuses_a_link_without_a_yes(db, acting):
    first, court = officer(), court_officer()
    made = case(first)
    acting(court)
    from mekhala.pathway.justice.services import file_complaint
    from tests.builders_justice import AT, COMPLAINT_ON

    held = file_complaint(by=court, at=AT, complaint_on=COMPLAINT_ON)
    with pytest.raises(ProgrammingError, match="no yes stands"), transaction.atomic():
        Proceeding.objects.filter(pk=held.pk).update(case_id=made.number)


def test_the_database_refuses_a_request_without_a_yes(db, acting):
    me, house = officer(), service()
    made = case(me)
    acting(me)
    with pytest.raises(ProgrammingError, match="no yes stands"), transaction.atomic():
        Referral.objects.create(
            case=made, service=house, need="shelter", status="asked", asked_by=me, asked_at=NOW,
            hold_until=LATER,
        )  # fmt: skip


@pytest.mark.parametrize("guard", ["a_takes_effect", "b_ends_open_requests"])
def test_without_the_trigger_a_yes_taken_back_changes_nothing(db, acting, guard):
    """The mutant: what the tests above see is done by the triggers and by nothing else."""
    request, helper = accepted()
    house = request.service
    other = asked(house)
    _without(guard)
    back(request, acting)
    back(other, acting)
    acting(helper)
    opened, waiting = Case.objects.exists(), Referral.objects.filter(status="asked").exists()
    assert (opened, waiting) == (guard == "a_takes_effect", guard == "b_ends_open_requests")


def _without(trigger):
    """Take one guard out, by a function of the owner's as the test database has for grants."""
    with connection.cursor() as cursor:
        cursor.execute("select tests.without_trigger('consent_consent', %s)", [trigger])


@pytest.mark.parametrize("speaker", ["guardian", "appointed"])
def test_nobody_answers_for_a_known_adult(db, acting, speaker):
    me, house = officer(), service()
    made = case(me)
    with pytest.raises(errors.NoGuardianOfAdult):
        yes(made, house, by=me, said_by=speaker, best_interest="no_guardian")


@pytest.mark.parametrize("involved", [None, True])
def test_the_yes_of_a_guardian_not_known_to_have_had_no_part_is_refused(db, acting, involved):
    me, house = officer(), service()
    made = case(me, age=14)
    acting(me)
    if involved is not None:
        _guardian(made, me, involved)
    with pytest.raises(errors.GuardianNotAsked):
        yes(made, house, by=me, said_by="guardian")


def test_a_guardian_named_later_closes_what_rested_on_their_yes(db, acting):
    me, house = officer(), service()
    helper, made = provider(house), case(me, age=14)
    acting(me)
    _guardian(made, me, involved=False)
    yes(made, house, by=me, said_by="person")
    yes(made, house, by=me, said_by="guardian")
    acting(me)
    request = referrals.ask(
        case=made, service=house, need="shelter", by=me, at=NOW, urgent="danger"
    )
    acting(helper)
    referrals.accept(request, by=helper, at=NOW)
    acting(me)
    services.record_guardian(
        made.number, relation="parent", involved=None, is_adult=False, by=me, at=LATER
    )
    assert Stop.objects.get().because == "guardian"
    acting(helper)
    assert not Case.objects.exists()


def test_a_child_alone_opens_nothing(db, acting):
    me, house = officer(), service()
    made = case(me, age=14)
    yes(made, house, by=me, said_by="person")
    acting(me)
    with pytest.raises(referrals.policies.ConsentMissing):
        referrals.ask(case=made, service=house, need="shelter", by=me, at=NOW)


def _guardian(made, me, involved):
    services.record_guardian(
        made.number, relation="parent", involved=involved, is_adult=False, by=me, at=NOW
    )


def test_a_provider_records_no_yes_to_its_own_agency_and_may_record_a_no(db, acting):
    request, helper = accepted()
    with pytest.raises(errors.GainsByTheYes):
        yes(request.case, request.service, by=helper, data_class=DataClass.STORY)
    yes(request.case, request.service, by=helper, answer=Answer.WITHDRAWN, at=LATER)
    assert not Grant.objects.filter(officer=helper, until__gt=LATER + timedelta(days=999)).exists()


@pytest.mark.parametrize(
    ("how", "refusal"),
    [
        ({"present": ["alone", "relative"]}, errors.NotAlone),
        ({"present": ["relative"], "asked_alone": True}, errors.NotAlone),
        ({"manner": "thumbprint"}, errors.LanguageMissing),
        ({"until": NOW - timedelta(days=1)}, errors.EndsBeforeItBegins),
    ],
)
def test_an_answer_that_contradicts_itself_is_refused(db, acting, how, refusal):
    me, house = officer(), service()
    made = case(me)
    with pytest.raises(refusal):
        yes(made, house, by=me, **how)


def test_a_yes_before_others_stands_and_is_asked_again(db, acting):
    me, house = officer(), service()
    made = case(me)
    yes(made, house, by=me, present=["relative"])
    acting(me)
    (again,) = queries.to_ask_again(made.number, now=NOW + timedelta(minutes=1))
    assert again.asked_alone is False


def test_a_yes_ends_after_half_a_year_unless_a_day_is_named(db, acting):
    me = officer()
    made = case(me)
    acting(me)
    kept = services.record_answer(
        made.number, recipient=agency().code, purpose=Purpose.SUPPORT, is_adult=True,
        data_class=DataClass.NEEDS, answer=Answer.GIVEN, by=me, at=NOW,
    )  # fmt: skip
    assert kept.until == NOW + timedelta(days=183)
