"""A hotline call is found again by its number and leads to a case; nobody has to say a name."""

import pytest

from mekhala.forms import services as forms
from mekhala.forms.instruments import instrument_text
from mekhala.forms.models import Submission
from mekhala.intake import services as intake
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.identity.models import Identity
from tests.builders import NOW, officer
from tests.builders_intake import sent


@pytest.fixture
def desk(db):
    """Return an officer of the helpline and a version of its form in use."""
    text = instrument_text("hotline_call").encode()
    made = forms.add_version(text, "hotline_call.md", by=officer(Role.ADMINISTRATOR), at=NOW)
    return officer(), made


def call(who, version, instance, *, caller="family"):
    """Return a call in which somebody else called, or the person did and wants no referral yet."""
    become(who.pk)
    kept = sent(who, (
        f'<hotline_call id="hotline_call" version="{version.version}">'
        "<safety><safe_to_speak>yes</safe_to_speak><language>vi</language></safety>"
        f"<talk><caller>{caller}</caller><about><sex>female</sex></about></talk>"
        "<after><wants_referral>no</wants_referral><person_agrees>no</person_agrees></after>"
        f"<meta><instanceID>{instance}</instanceID></meta></hotline_call>"
    ).encode())  # fmt: skip
    become(who.pk)
    intake.take_in(kept, by=who, at=NOW)
    return kept


def test_a_call_opens_a_case_later_by_its_number_with_the_caller_unnamed(desk, client):
    who, version = desk
    first = call(who, version, "uuid:1")
    assert not Case.objects.exists()
    client.force_login(who)
    found = client.get("/submissions/", {"number": first.number.lower().replace("-", " ")})
    assert first.number in found.content.decode()
    page = client.get(f"/submissions/{first.pk}/").content.decode()
    assert "without a name" in page
    form = client.get(f"/encounters/new/?submission={first.pk}").context["form"]
    assert (form["language"].initial, form["sex"].initial) == ("vi", "female")
    told = {"submission": first.pk, "met_at": "2026-03-09T09:30", "province": "12",
            "sex": "female", "age_certainty": "unknown", "consents_to_go_on": "yes"}  # fmt: skip
    assert client.post("/encounters/new/", told).status_code == 302
    become(who.pk)
    opened = Case.objects.get()
    assert Submission.objects.get(pk=first.pk).case_number == opened.number
    assert not Identity.objects.exists()
    second = call(who, version, "uuid:2", caller="person")
    again = f"/cases/{opened.number}/encounters/new/"
    met = {"met_at": "2026-03-09T09:40", "province": "12", "consents_to_go_on": "yes",
           "filled_form": second.number}  # fmt: skip
    assert client.post(again, met).status_code == 302
    become(who.pk)
    assert Submission.objects.get(pk=second.pk).case_number == opened.number
    assert opened.encounters.count() == 2


def test_the_number_of_a_call_says_nothing_at_another_agency(desk, client):
    who, version = desk
    first = call(who, version, "uuid:1")
    client.force_login(officer())
    found = client.get("/submissions/", {"number": first.number}).content.decode()
    assert "Nothing to show" in found
    assert client.get(f"/encounters/new/?submission={first.pk}").status_code == 404
