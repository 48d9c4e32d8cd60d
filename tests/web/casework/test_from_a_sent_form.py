"""A Card sent in from a phone fills the page of the first meeting; the officer checks it."""

from datetime import timedelta

import pytest

from mekhala.forms.models import Form, FormVersion, Submission
from mekhala.pathway.encounter.models import Case
from tests.builders import NOW, officer
from tests.builders_casework import registrar

SAID = {
    "begun_at": "2026-03-09T09:30:00.000+07:00", "language": "vi", "age_certainty": "known",
    "age": "16", "sex": "not_said", "urgent_needs": "safe_place protection medical none",
    "place_text": "Banteay Neang", "wants_to_go_on": "yes", "papers_kept": "no",
}  # fmt: skip


@pytest.fixture
def sent(db, acting):
    """Return a Card as it was sent in by an invented officer."""
    by = officer()
    acting(by)
    version = FormVersion.objects.create(
        form=Form.objects.create(form_id="first_contact", title="The Card"), source_name="card.md",
        source=b"", xform="<h/>", sha256="0" * 64, uploaded_by=by, uploaded_at=NOW,
        offered_at=NOW,
    )  # fmt: skip
    return Submission.objects.create(
        version=version, instance_id="uuid:1", xml="<x/>", sha256="1" * 64, answers=SAID,
        received_at=NOW + timedelta(hours=1), received_from=by, agency=by.agency,
    )  # fmt: skip


def test_what_was_said_on_the_phone_stands_in_the_page(client, sent):
    client.force_login(sent.received_from)
    page = client.get(f"/encounters/new/?submission={sent.pk}")
    form = page.context["form"]
    assert form["urgent_needs"].initial == ["safety", "health"]
    assert (form["age"].initial, form["sex"].initial) == (16, "unknown")
    assert form["language"].initial == "vi"
    assert form["met_at"].initial.hour == 9
    assert "Banteay Neang" in page.content.decode()
    assert form["was_alone"].initial is None  # the Card does not ask


def test_the_case_takes_the_form_along_and_only_once(client, sent, acting):
    client.force_login(sent.received_from)
    told = {
        "submission": sent.pk, "met_at": "2026-03-09T09:30", "province": "01",
        "place": "Banteay Neang", "sex": "unknown", "age_certainty": "known", "age": "16",
        "consents_to_go_on": "yes",
    }  # fmt: skip
    assert client.post("/encounters/new/", told).status_code == 302
    acting(sent.received_from)
    case = Case.objects.get()
    sent.refresh_from_db()
    assert case.encounters.get().submission == sent
    assert sent.case_number == case.number
    assert client.post("/encounters/new/", told).status_code == 404
    acting(sent.received_from)
    assert Case.objects.count() == 1


@pytest.mark.parametrize("asked", ["0", "x", "²", "99999999999999999999"])
def test_a_form_that_is_not_there_is_not_found(client, sent, asked):
    client.force_login(sent.received_from)
    assert client.get(f"/encounters/new/?submission={asked}").status_code == 404


def test_a_form_of_another_agency_is_not_found(client, sent):
    client.force_login(registrar())
    assert client.get(f"/encounters/new/?submission={sent.pk}").status_code == 404
