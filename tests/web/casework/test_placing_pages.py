"""Pages of the ministry's decision on a place, and the night that goes from match to asking."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mekhala.pathway.aftercare import services as aftercare
from mekhala.pathway.aftercare.models import Stay
from mekhala.pathway.referral import placing
from mekhala.pathway.referral.models import PlacementQuestion, Referral
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.web.casework.referral.work import work
from tests.builders import agency, case, officer, open_to
from tests.builders_help import provider, service, yes


@pytest.fixture
def as_officer(client, acting):
    """Return a function that signs an officer in; the test goes on seeing as that officer."""

    def sign_in(who):
        client.force_login(who)
        acting(who)
        return client

    return sign_in


def fresh(**more):
    """Return a house confirmed an hour ago by the clock of today."""
    return service(confirmed_at=timezone.now() - timedelta(hours=1), **more)


def ministry():
    """Return a registrar of social affairs."""
    return officer(Role.REGISTRAR, at=agency(AgencyKind.SOCIAL_AFFAIRS))


def ask(as_officer, me, made, house, **told):
    """Ask for a place on the page; return the answer."""
    told = {"agrees": "yes", "urgent": "waits"} | told
    return as_officer(me).post(f"/cases/{made.number}/match/{house.pk}/", told)


def test_asking_asks_whether_the_person_can_wait_for_the_ministry(as_officer):
    me, house, legal = officer(), fresh(), fresh(need="legal_aid")
    made = case(me)
    page = ask(as_officer, me, made, house, urgent="").content.decode()
    assert "Say whether the person can wait for the ministry." in page
    assert ask(as_officer, me, made, house, urgent="nowhere").status_code == 302
    assert "decided about the place" not in (
        as_officer(me).get(f"/cases/{made.number}/match/{legal.pk}/").content.decode()
    )
    assert ask(as_officer, me, made, legal, urgent="").status_code == 302


def test_the_ministry_finds_decides_and_the_case_shows_who_when_and_why(as_officer, acting):
    me, house, who = officer(), fresh(), ministry()
    made = case(me)
    ask(as_officer, me, made, house)
    acting(me)
    number = PlacementQuestion.objects.get().number
    acting(who)
    (waits,) = [one for one in work(who, now=timezone.now()) if one.title == "Places to decide"]
    assert [task.number for task in waits.tasks] == [number]
    browser = as_officer(who)
    shown = browser.get("/placements/").content.decode()
    assert number in shown
    assert made.number not in shown
    at = f"/placements/{number}/"
    page = browser.get(at).content.decode()
    assert made.number not in page
    refused = browser.post(at, {"outcome": "agreed", "not_agreed_because": ["standards"]})
    assert "only reasons for it" in refused.content.decode()
    done = browser.post(at, {"outcome": "agreed", "agreed_because": ["own_wish"]}, follow=True)
    assert "The decision is recorded." in done.content.decode()
    told = as_officer(me).get(f"/cases/{made.number}/referrals/").content.decode()
    assert "The ministry agreed" in told
    assert str(who) in told
    assert "The person wants it" in told


def test_a_no_stands_on_the_work_list_of_who_asked_and_before_the_house(as_officer, acting):
    me, house, who = officer(), fresh(), ministry()
    made = case(me)
    ask(as_officer, me, made, house)
    acting(who)
    (one,) = placing.to_decide(most=9)
    placing.decide(one.number, "not_agreed", ["better_house"], by=who, at=timezone.now())
    acting(me)
    lists = {str(one.title): one for one in work(me, now=timezone.now())}
    (task,) = lists["Places the ministry did not agree to"].tasks
    assert task.number == made.number
    request = Referral.objects.get()
    page = as_officer(provider(house)).post(f"/referrals/in/{request.pk}/accept/", follow=True)
    assert "The ministry did not agree to this place." in page.content.decode()


def test_the_pages_of_the_ministry_are_there_for_nobody_else(as_officer):
    for stranger in (officer(), officer(Role.REGISTRAR, at=agency(AgencyKind.PROVIDER))):
        assert as_officer(stranger).get("/placements/").status_code == 404
        assert as_officer(stranger).get("/placements/PL-0000-0000/").status_code == 404
    browser = as_officer(ministry())
    assert "No place waits for a decision." in browser.get("/placements/").content.decode()
    assert browser.get("/placements/PL-0000-0000/").status_code == 404


def test_a_stay_that_began_without_a_request_is_put_to_the_ministry(as_officer, acting):
    first, worker, who, now = officer(), officer(Role.REGISTRAR), ministry(), timezone.now()
    house, made = fresh(), case(first)
    open_to(worker, made.number, Purpose.REGISTRATION, by=first)
    acting(worker)
    told = {"agency": house.agency, "basis": "own_consent", "agreed": True, "movement": "free",
            "began_at": now, "by": worker, "at": now}  # fmt: skip
    hospital = aftercare.begin_stay(made, kind="hospital", **told)
    assert not PlacementQuestion.objects.exists()  # a hospital is not placed in
    aftercare.leave(hospital, by=worker, at=now)
    aftercare.begin_stay(made, kind="shelter", **told)
    acting(who)
    (one,) = placing.to_decide(most=9)
    assert (one.given, one.house) == (True, house.agency.name)
    placing.decide(one.number, "agreed", ["no_family"], by=who, at=timezone.now())
    page = as_officer(worker).get(f"/cases/{made.number}/stays/").content.decode()
    assert "No family or carer is known who is safe" in page
    acting(worker)
    aftercare.leave(Stay.objects.get(left_at=None), by=worker, at=timezone.now())
    aftercare.begin_stay(made, kind="transit", **told)
    aftercare.leave(Stay.objects.get(left_at=None), by=worker, at=timezone.now())
    acting(who)
    assert placing.to_decide(most=9) == []  # who has left waits for no decision


def test_the_night_of_the_match_is_carried_to_the_asking_and_back(as_officer, acting):
    me, house = officer(), fresh()
    made, night = case(me), timezone.localdate() + timedelta(days=3)
    yes(made, house, by=me)
    at = f"/cases/{made.number}/match/"
    wanted = {"need": "shelter", "night": str(night)}
    found = as_officer(me).post(at, wanted).content.decode()
    asking = f"{at}{house.pk}/?night={night}"
    assert asking in found
    page = as_officer(me).get(asking).content.decode()
    assert f'name="night" value="{night}"' in page
    assert f"{at}?night={night}" in page
    assert f'value="{night}"' in as_officer(me).get(f"{at}?night={night}").content.decode()
    told = {"agrees": "yes", "urgent": "waits", "night": str(night)}
    assert as_officer(me).post(asking, told).status_code == 302
    acting(me)
    assert Referral.objects.get().first_on == night


def test_a_night_that_is_over_or_no_day_is_carried_nowhere(as_officer):
    me, house = officer(), fresh()
    made = case(me)
    for night in ("2001-01-01", "2001-13-41", "tomorrow"):
        page = as_officer(me).get(f"/cases/{made.number}/match/{house.pk}/?night={night}")
        assert page.status_code == 200
        assert f'value="{night}"' not in page.content.decode()
        assert f"match/?night={night}" not in page.content.decode()


def test_the_paper_beside_a_link_tells_the_least_set_and_neither_link_nor_code(as_officer, acting):
    me, house = officer(), fresh()
    made = case(me)
    ask(as_officer, me, made, house, requirements=["step_free"])
    acting(me)
    asked = Referral.objects.get()
    at = f"/cases/{made.number}/referrals/{asked.pk}/link/"
    page = as_officer(me).post(at).content.decode()
    secret, paper = page.split("On paper")
    assert "/answer/" in secret
    assert "/answer/" not in paper
    assert secret.count("mekhala-hidden-on-paper") == 2  # the words about them, and both of them
    assert "Cannot climb stairs" in paper
