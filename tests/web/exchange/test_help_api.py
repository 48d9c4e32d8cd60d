"""The API of registration, directory, referral and aftercare: the same acts, the same doors."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mekhala.safeguards.access.purposes import Role
from tests.builders import agency, case, officer
from tests.builders_agreements import new_token
from tests.builders_help import decision, provider, registrar_with_case, service


@pytest.fixture
def call(client, db):
    """Return a function that calls the API as an officer and gives back status and answer."""

    def call(who, method, path, **given):
        key = f"Bearer {new_token(who, 'test', at=timezone.now())}"
        more = {"data": given, "content_type": "application/json"} if method == "post" else {}
        answer = getattr(client, method)(f"/api/v1{path}", headers={"Authorization": key}, **more)
        is_json = "json" in answer.headers["Content-Type"]
        return answer.status_code, answer.json() if is_json else answer.content

    return call


def fresh(**more):
    return service(confirmed_at=timezone.now() - timedelta(hours=1), **more)


def test_a_person_is_registered_once_and_the_certificate_handed_out(call):
    registrar, made = registrar_with_case()
    at = f"/cases/{made.number}/registration"
    assert call(registrar, "post", at)[0] == 422
    decision(made)
    status, entered = call(registrar, "post", at)
    assert (status, entered["certificate"], entered["decision_stands"]) == (201, "stands", True)
    assert call(registrar, "post", at)[0] == 409
    assert call(registrar, "get", f"{at}/certificate")[1].startswith(b"%PDF-")
    status, withdrawn = call(registrar, "post", f"{at}/withdrawal", because="The wrong file")
    assert (status, withdrawn["certificate"]) == (200, "withdrawn")
    assert call(registrar, "get", f"{at}/certificate")[0] == 404
    assert call(officer(Role.REGISTRAR), "get", at)[0] == 404


def test_from_a_need_to_an_accepted_referral(call):
    me, house = officer(), fresh(free=1)
    made = case(me)
    wanted = {"need": "shelter", "sex": "female", "age": 20, "language": "km"}
    status, fits = call(me, "post", "/services/suitable", **wanted)
    assert (status, fits[0]["service"]["id"], fits[0]["fits"]) == (200, house.pk, True)
    at = f"/cases/{made.number}/referrals"
    status, refused = call(me, "post", at, service_id=house.pk)
    assert (status, "She has not agreed" in refused["detail"]) == (422, True)
    assert call(me, "post", at, service_id=house.pk, agrees=False) == (200, {"asked": False})
    status, kept = call(me, "post", at, service_id=house.pk, agrees=True, urgent="nowhere")
    assert (status, kept["status"]) == (201, "asked")
    helper = provider(house)
    status, waiting = call(helper, "get", "/referrals/in")
    assert made.number not in str(waiting)
    assert waiting[0]["age_band"] == "18-29"
    status, accepted = call(helper, "post", f"/referrals/{kept['id']}/accept")
    assert (status, accepted["case"], accepted["status"]) == (200, made.number, "accepted")
    assert call(helper, "post", f"/referrals/{kept['id']}/decline", reason="full")[0] == 422
    assert call(helper, "post", f"/referrals/{kept['id']}/end")[0] == 200
    assert call(officer(), "get", at)[0] == 404


def test_the_ministry_decides_on_a_place_without_the_case(call):
    me, house = officer(), fresh(free=1)
    made = case(me)
    at = f"/cases/{made.number}"
    kept = call(me, "post", f"{at}/referrals", service_id=house.pk, agrees=True)[1]
    helper, ministry = provider(house), officer(Role.REGISTRAR, at=agency("social_affairs"))
    status, refused = call(helper, "post", f"/referrals/{kept['id']}/accept")
    assert (status, "The ministry has not decided" in refused["detail"]) == (422, True)
    (place,) = call(me, "get", f"{at}/placements")[1]
    assert (place["referral_id"], place["outcome"]) == (kept["id"], "")
    status, waiting = call(ministry, "get", "/placements")
    assert [one["number"] for one in waiting] == [place["number"]]
    assert made.number not in str(waiting)
    told = {"outcome": "agreed", "reasons": ["own_wish"]}
    assert call(helper, "post", f"/placements/{place['number']}/decision", **told)[0] == 404
    status, decided = call(ministry, "post", f"/placements/{place['number']}/decision", **told)
    assert (status, decided["outcome"], decided["reasons"]) == (200, "agreed", ["own_wish"])
    assert call(ministry, "post", "/placements/PL-NONE/decision", **told)[0] == 404
    assert call(ministry, "get", "/placements")[1] == []
    assert call(helper, "post", f"/referrals/{kept['id']}/accept")[0] == 200
    assert call(me, "get", f"{at}/placements")[1][0]["outcome"] == "agreed"
    assert call(officer(), "get", f"{at}/placements")[0] == 404


def test_services_say_for_how_long_somebody_may_stay(call):
    me, short, unsaid = officer(), fresh(free=1, stay="short"), fresh(free=1)
    listed = call(me, "get", "/services?stay=short")[1]["services"]
    assert [(s["id"], s["stay"]) for s in listed] == [(short.pk, "short")]
    fits = call(me, "post", "/services/suitable", need="shelter", stay="long")[1]
    words = {f["service"]["id"]: [r["fits"] for r in f["reasons"] if r["about"] == "stay"]
             for f in fits}  # fmt: skip
    assert words == {short.pk: [False], unsaid.pk: [None]}
    assert call(me, "post", "/services/suitable", need="shelter", stay="ever")[0] == 422


def test_a_service_asks_back_is_told_and_notes_the_arrival(call):
    me, house = officer(), fresh(free=3)
    made = case(me)
    at = f"/cases/{made.number}/referrals"
    asked = call(me, "post", at, service_id=house.pk, agrees=True, children=1, urgent="care")[1]
    assert asked["places"] == 2
    helper = provider(house)
    status, question = call(helper, "post", f"/referrals/{asked['id']}/questions", asks="doctor")
    assert (status, question["asks"], question["told"]) == (201, "doctor", "")
    assert call(helper, "post", f"/referrals/{asked['id']}/questions", asks="story")[0] == 422
    assert [q["id"] for q in call(me, "get", f"{at}/questions")[1]] == [question["id"]]
    assert call(officer(), "post", f"{at}/questions/{question['id']}", told="no")[0] == 404
    assert call(me, "post", f"{at}/questions/{question['id']}", told="no")[1]["told"] == "no"
    assert call(helper, "post", f"/referrals/{asked['id']}/arrival")[0] == 422
    call(helper, "post", f"/referrals/{asked['id']}/accept")
    status, came = call(helper, "post", f"/referrals/{asked['id']}/arrival")
    assert (status, came["arrived_at"] is not None) == (200, True)
    back = f"/referrals/{asked['id']}/arrival/take-back"
    assert call(helper, "post", back, because="full")[0] == 422
    assert call(provider(fresh()), "post", back, because="not_come")[0] == 404
    status, open_again = call(helper, "post", back, because="not_come")
    assert (status, open_again["arrived_at"], open_again["status"]) == (200, None, "accepted")
    assert call(helper, "post", back, because="not_come")[0] == 409


def test_a_transfer_keeps_the_first_place_until_the_second_accepts(call):
    me, first, second = officer(), fresh(free=1), fresh(free=1)
    made = case(me)
    at = f"/cases/{made.number}/referrals"
    asked = call(me, "post", at, service_id=first.pk, agrees=True, urgent="danger")[1]
    told = {"service_id": second.pk, "agrees": True, "transfer_of": asked["id"]}
    assert call(me, "post", at, **told)[0] == 422  # nobody has accepted yet
    call(provider(first), "post", f"/referrals/{asked['id']}/accept")
    status, moved = call(me, "post", at, **told)
    assert (status, moved["transfer_of"]) == (201, asked["id"])
    stranger = officer()
    other = f"/cases/{case(stranger).number}/referrals"
    assert call(stranger, "post", other, **told)[0] == 404


def test_a_closed_night_is_told(call):
    me, house = officer(), fresh()
    house.closed_days = [7]
    house.save()
    wanted = {"need": "shelter", "sex": "female", "age": 20}
    fits = call(me, "post", "/services/suitable", **wanted, night="2030-01-06")[1]
    told = {r["about"]: r["fits"] for r in fits[0]["reasons"]}
    assert (told["night"], fits[0]["fits"]) == (False, False)


def test_the_loser_of_the_last_place_is_told_in_words(call):
    me, house = officer(), fresh(free=0, total=1)
    made = case(me)
    status, refused = call(
        me, "post", f"/cases/{made.number}/referrals", service_id=house.pk, agrees=True
    )
    assert (status, "The last place was taken" in refused["detail"]) == (422, True)


def test_a_provider_confirms_its_places_and_the_directory_tells(call):
    house = fresh(free=1, total=4)
    at = f"/services/{house.pk}/places"
    assert call(provider(house), "post", at, free=3)[1]["places_free"] == 3
    assert call(provider(house), "post", at, free=5)[0] == 422
    assert call(provider(fresh()), "post", at, free=1)[0] == 422
    _status, told = call(officer(), "get", "/services?need=shelter")
    assert {s["places_free"] for s in told["services"]} == {3, 2}


def test_unmet_need_is_counted(call):
    given = {"need": "shelter", "sex": "male", "age_band": "18-29", "reason": "nobody_takes"}
    assert call(officer(), "post", "/unmet-needs", **given) == (201, {"counted": True})
    assert call(officer(Role.JUSTICE), "post", "/unmet-needs", **given)[0] == 422


def test_a_plan_with_tasks_and_follow_up(call):
    worker, made = registrar_with_case()
    at, day = f"/cases/{made.number}", "2026-03-09"
    task = {"need": "health", "what": "See a doctor", "due_on": day}
    status, plan = call(worker, "post", f"{at}/plan", goals="Rest", agreed_on=day, tasks=[task])
    assert (status, plan["tasks"][0]["done_on"]) == (201, None)
    assert call(worker, "post", f"{at}/plan", goals="Rest", agreed_on=day)[0] == 409
    assert call(worker, "post", f"{at}/plan/tasks", **task)[0] == 201
    done = call(worker, "post", f"/plan-tasks/{plan['tasks'][0]['id']}/done", on=day)
    assert done[1]["done_on"] == day
    gone = f"/plan-tasks/{plan['tasks'][0]['id']}/take-back"
    assert call(worker, "post", gone, because="not_wanted")[0] == 200
    assert len(call(worker, "get", f"{at}/plan")[1]["tasks"]) == 1
    assert call(worker, "post", gone, because="twice")[0] == 409
    status, planned = call(worker, "post", f"{at}/follow-ups")
    assert [f["due_on"] for f in planned] == ["2026-06-09", "2026-09-09", "2027-03-09"]
    told = {"outcome": "well", "on": "2026-06-09"}
    assert call(worker, "post", f"/follow-ups/{planned[0]['id']}", **told)[0] == 200
    assert call(officer(Role.PROVIDER), "get", f"{at}/plan")[0] == 404
