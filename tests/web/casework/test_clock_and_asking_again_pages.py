"""Pages of the clock and of asking again: every change has a reason, and nothing is taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mekhala.pathway.determination import services
from mekhala.pathway.determination.models import ClockChange, Decision, DeterminationFile
from tests.builders import NOW, officer
from tests.builders_casework import authority, believed, referred, registrar
from tests.builders_reading import refused, signed_in, text

WAIT = {"act": "pause", "pause-reason": "persons_wish", "pause-because": "She wants a week."}
ASKED = {"grounds": ["new_evidence"], "because": "Her contract has come."}


def _clock(file):
    return f"/cases/{file.case_id}/clock/"


def _again(decision):
    return f"/cases/{decision.case_id}/reconsideration/"


def test_a_clock_is_paused_and_goes_on_and_every_change_is_told(db, acting):
    (reader, *_) = authority()
    file, client = referred(), signed_in(reader)
    assert "it runs as it began" in text(client.get(_clock(file)))
    assert client.post(_clock(file), WAIT).url == _clock(file)
    page = text(client.get(_clock(file)))
    assert "Paused: The person wishes it" in page
    assert "She wants a week." in page
    assert 'value="go_on"' in page
    assert 'value="pause"' not in page
    reading = text(client.get(f"/cases/{file.case_id}/decision/"))
    assert "Nobody reads this file now" in reading
    client.post(_clock(file), {"act": "go_on", "go_on-because": "She is ready."})
    assert "She is ready." in text(client.get(_clock(file)))
    acting(reader)
    assert [c.act for c in ClockChange.objects.all()] == ["paused", "resumed"]


def test_the_overview_says_that_it_waits_at_the_persons_wish_and_that_help_does_not(db):
    (reader, *_) = authority()
    file, client = referred(), signed_in(reader)
    client.post(_clock(file), WAIT)
    page = text(client.get(f"/cases/{file.case_id}/"))
    assert "Paused at the person&#x27;s wish" in page
    assert "Paused: The person wishes it" in page
    assert "Help does not wait for any decision" in page


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (WAIT | {"pause-because": ""}, "Write it here."),
        (WAIT | {"pause-reason": "late"}, "Select a valid choice"),
        ({"act": "go_on", "go_on-because": "Now."}, "This file is not paused"),
        ({"act": "end_minimum", "end_minimum-because": "Now."}, "no time to recover"),
        (
            {"act": "extend", "extend-due_on": "2026-03-10", "extend-reason": "health",
             "extend-because": "In hospital."},
            "must be later",
        ),
    ],
)  # fmt: skip
def test_a_change_without_a_reason_or_sense_is_refused_in_words(db, acting, told, words):
    (reader, *_) = authority()
    file = referred()
    page = text(signed_in(reader).post(_clock(file), told))
    assert words in page
    acting(reader)
    assert not ClockChange.objects.exists()


def test_the_person_ends_the_time_to_recover_and_nobody_else(db, acting):
    readers = authority()
    file = believed(referred(), *readers[:2])
    acting(readers[0])
    later = timezone.localdate() + timedelta(days=9)
    DeterminationFile.objects.filter(pk=file.pk).update(not_before=later, due_on=later)
    client = signed_in(readers[2])
    assert "Nobody decides before" in text(client.get(_clock(file)))
    told = {"act": "end_minimum", "end_minimum-because": "She said so with her counsellor."}
    assert client.post(_clock(file), told).url == _clock(file)
    page = text(client.get(_clock(file)))
    assert "Nobody decides before" not in page
    assert "The person wishes it" in page


def test_a_registrar_asks_again_and_the_earlier_decision_stays_beside_it(db, acting):
    readers, here = authority(5), registrar()
    old = refused(readers)
    acting(here)
    client = signed_in(here)
    page = text(client.get(_again(old)))
    assert "The earlier decision" in page
    assert "Not established" in page
    late = {"late_because": "She was in hospital."}
    assert client.post(_again(old), ASKED | late).url == _again(old)
    page = text(client.get(_again(old)))
    assert "Her contract has come." in page
    assert "She was in hospital." in page
    assert "To the question" not in page
    assert "Asked to look again" in text(client.get(f"/cases/{old.case_id}/"))
    acting(readers[3])
    assert Decision.objects.get() == old
    assert "Her contract has come." in text(signed_in(readers[3]).get(_again(old)))


def test_in_time_nobody_asks_why_it_is_late_and_the_days_left_are_said(db, acting, monkeypatch):
    readers = authority(5)
    old = refused(readers)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=11))
    page = text(signed_in(readers[2]).get(_again(old)))
    assert "20 days left to ask again, until 9 April 2026" in page
    assert 'name="late_because"' not in page


@pytest.mark.parametrize("told", [ASKED, ASKED | {"grounds": []}, ASKED | {"because": ""}])
def test_what_is_missing_is_said_and_nothing_is_asked(db, acting, told):
    readers = authority(5)
    old = refused(readers)
    page = text(signed_in(readers[2]).post(_again(old), told))
    assert "There is a problem" in page
    acting(readers[2])
    assert DeterminationFile.objects.count() == 1


def test_there_is_nothing_to_ask_again_after_a_positive_nor_for_who_met_the_person(db, acting):
    readers = authority()
    responder = officer()
    file = referred(responder)
    believed(file, *readers[:2])
    assert signed_in(readers[2]).get(_again(file)).status_code == 404
    assert signed_in(responder).get(_again(file)).status_code == 404


def test_it_is_asked_once_at_a_time_on_the_page_too(db, acting):
    readers = authority(5)
    old = refused(readers)
    acting(readers[2])
    services.ask_again(
        decision=old, grounds=["guidance"], because="Coercion was left out.", by=readers[2],
        at=NOW + timedelta(days=3),
    )  # fmt: skip
    page = text(signed_in(readers[3]).post(_again(old), ASKED))
    assert "Coercion was left out." in page
    acting(readers[2])
    assert DeterminationFile.objects.count() == 2
