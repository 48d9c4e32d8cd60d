"""A case's place between force and free choice: kept beside the facts, and never the result."""

import pytest
from django.db import DatabaseError, transaction

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import queries, services
from mekhala.pathway.determination.models import Volition
from mekhala.safeguards.access.acting import become
from tests.builders import NOW
from tests.builders_casework import authority, referred, told

LIED_TO = {"volition.forced_or_kidnapped": False, "volition.kind_of_work": False}  # gives B


@pytest.fixture
def opened(db, client):
    reader = authority(1)[0]
    file = referred()
    become(reader.pk)
    client.force_login(reader)
    return file, reader, f"/cases/{file.case_id}/continuum/"


def test_a_place_that_differs_from_the_facts_is_told_and_one_that_does_not_is_not(opened, client):
    file, reader, page = opened
    shown = client.get(page).text
    assert "Nobody has placed it yet" in shown
    assert "It cannot be told: not known yet is “Was forced to go or kidnapped”" in shown
    told(file, reader, LIED_TO, kind="person")
    assert client.post(page, {"degree": "F"}).status_code == 302
    assert "The two differ" in client.get(page).text
    client.post(page, {"degree": "B"})
    assert "The two differ" not in client.get(page).text


def test_no_place_changes_what_the_rule_gives(opened):
    file, reader, _page = opened
    before = queries.assessment(file)
    services.place_on_continuum(file=file, degree="F", by=reader, at=NOW)
    assert queries.assessment(file) == before


def test_a_place_is_one_of_six_and_is_never_changed(opened):
    file, reader, _page = opened
    with pytest.raises(WrongInput):
        services.place_on_continuum(file=file, degree="Z", by=reader, at=NOW)
    services.place_on_continuum(file=file, degree="A", by=reader, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Volition.objects.update(degree="F")
