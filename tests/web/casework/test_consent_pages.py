"""The page of consent: what stands, how it was asked, taking it back, and who was told."""

import pytest

from mekhala.safeguards.consent.models import Consent, Guardian, Stop
from tests.builders import case, officer
from tests.builders_help import asked, provider, service, yes


@pytest.fixture
def as_(client):
    def sign_in(who):
        client.force_login(who)
        return client

    return sign_in


def words(answer):
    return " ".join(answer.content.decode().split())


def told(house, **more):
    return {
        "recipient": house.agency.code, "purpose": "support", "data_class": "needs",
        "answer": "given", "present": ["interpreter"], "language": "km", "interpreter": "yes",
        "interpreter_of": "sworn", "manner": "thumbprint", "read_out": "yes",
    } | more  # fmt: skip


def test_an_answer_is_kept_with_how_it_was_asked_and_ends_by_itself(db, as_, acting):
    mine, house = officer(), service()
    made = case(mine)
    where = f"/cases/{made.number}/consent/"
    client = as_(mine)
    assert client.post(where, told(house)).status_code == 302
    acting(mine)
    kept = Consent.objects.get()
    assert (kept.asked_alone, kept.manner, kept.interpreter_of) == (True, "thumbprint", "sworn")
    assert (kept.until - kept.asked_at).days == 183
    page = words(client.get(where))
    for said in ("Given until", "Thumbprint", "court or sworn interpreter", "Asked alone"):
        assert said in page


def test_nothing_is_ticked_beforehand(db, as_):
    mine = officer()
    page = words(as_(mine).get(f"/cases/{case(mine).number}/consent/"))
    assert "checked" not in page
    assert "ends after half a year" in page
    assert "cannot be unlearnt" in page


def test_a_row_is_taken_back_after_being_asked_once(db, as_, acting):
    mine, house = officer(), service()
    helper, request = provider(house), asked(house, by=mine)
    client = as_(mine)
    where = f"/cases/{request.case_id}/consent/"
    row = {"recipient": house.agency.code, "purpose": "support", "data_class": "needs"}
    first = client.post(f"{where}withdraw/", row)
    assert "its own law obliges it to keep" in words(first)
    acting(mine)
    assert not Consent.objects.filter(answer="withdrawn").exists()
    assert client.post(f"{where}withdraw/", row | {"sure": "yes"}).status_code == 302
    assert "Not confirmed yet" in words(client.get(where))
    acting(mine)
    stop = Stop.objects.get()
    theirs = as_(helper)
    assert f"R-{request.pk}" in words(theirs.get("/today/"))
    assert request.case_id not in words(theirs.get(f"/stops/{stop.pk}/"))
    assert theirs.post(f"/stops/{stop.pk}/", {"held": "own_law"}).status_code == 302
    assert "We keep what our own law" in words(as_(mine).get(where))


def test_everything_is_taken_back_with_one_button(db, as_, acting):
    mine, houses = officer(), [service(), service()]
    made = case(mine)
    for house in houses:
        yes(made, house, by=mine)
    as_(mine).post(f"/cases/{made.number}/consent/withdraw/", {"sure": "yes"})
    acting(mine)
    assert Consent.objects.filter(answer="withdrawn").count() == 2


def test_a_guardian_who_may_be_involved_is_not_asked(db, as_, acting):
    mine, house = officer(), service()
    made = case(mine, age=14)
    where, client = f"/cases/{made.number}/consent/", as_(mine)
    assert "no guardian is asked" in words(client.get(where))
    client.post(f"{where}guardian/", {"relation": "parent", "involved": "not_known"})
    acting(mine)
    assert Guardian.objects.get().involved is None
    refused = client.post(where, told(house, said_by="guardian"))
    assert "the guardian is not asked" in words(refused)
    client.post(where, told(house, said_by="person"))
    assert "a guardian or appointed person was not asked" in words(client.get(where))
    why = {"said_by": "appointed", "best_interest": "guardian_not_cleared"}
    client.post(where, told(house, **why))
    assert "Given until" in words(client.get(where))


def test_a_yes_before_others_is_a_task_on_the_case_and_a_sign_on_the_referral(db, as_, acting):
    mine, house = officer(), service()
    request = asked(house, by=mine)
    yes(request.case, house, by=mine, present=["relative"], at=request.asked_at.replace(hour=4))
    client = as_(mine)
    assert "Ask again about sharing, alone" in words(client.get(f"/cases/{request.case_id}/"))
    assert "ask again" in words(client.get(f"/cases/{request.case_id}/referrals/"))


def test_the_page_needs_few_questions_to_the_database(db, as_, django_assert_max_num_queries):
    mine = officer()
    made = case(mine)
    for _ in range(5):
        yes(made, service(), by=mine)
    client = as_(mine)
    with django_assert_max_num_queries(13):  # one of them counts the officer's notices
        client.get(f"/cases/{made.number}/consent/")


def test_the_api_takes_back_tells_whom_and_shows_who_confirmed(db, client, acting):
    from tests.builders_agreements import new_token

    mine, house = officer(), service()
    request = asked(house, by=mine)
    head = {"Authorization": f"Bearer {new_token(mine, 'x')}"}
    where = f"/api/v1/cases/{request.case_id}/consents"
    assert client.get(where, headers=head).json()[0]["stands"] is True
    answer = client.post(
        f"{where}/withdrawal", {"recipient": house.agency.code}, headers=head,
        content_type="application/json",
    )  # fmt: skip
    assert answer.status_code == 201
    assert [s["recipient"] for s in answer.json()] == [house.agency.code]
    assert client.get(f"{where}/stops", headers=head).json()[0]["acknowledged_at"] is None
    assert client.get(where, headers=head).json()[0]["stands"] is False
