"""The authority's pages: one's own reading, and the decision."""

import pytest

from mekhala.pathway.determination.models import Decision, Reading
from tests.builders_casework import MADE_OUT, authority, read, referred, registrar

YES, NO = "ActualVictimOfTrafficking", "NotAVictimOfTrafficking"
READING = {"answer": YES, "reasons": "The offer was a lie.", "has_no_tie": "on"}


@pytest.fixture
def as_(client):
    """Return a function that signs an officer in and returns the client."""

    def sign_in(who):
        client.force_login(who)
        return client

    return sign_in


def _text(response):
    return response.content.decode()


def test_a_reading_is_recorded_and_the_next_reader_does_not_see_it(db, as_, acting):
    first, second, _ = authority()
    file = referred()
    where = f"/cases/{file.case_id}/decision/"
    assert as_(first).post(where, READING).url == where
    assert "The offer was a lie." in _text(as_(first).get(where))
    page = _text(as_(second).get(where))
    assert "The offer was a lie." not in page
    assert " checked" not in page.replace("yet checked", "")
    acting(second)
    assert Reading.objects.count() == 1


def test_the_second_reading_that_agrees_decides_and_the_reasons_are_kept(db, as_, acting):
    first, second, _ = authority()
    file = referred()
    where = f"/cases/{file.case_id}/"
    for who in (first, second):
        as_(who).post(f"{where}decision/", READING)
    acting(first)
    assert Decision.objects.get().status == YES
    assert as_(second).get(f"{where}decision/").url == f"{where}reasons/"
    page = _text(as_(second).get(f"{where}reasons/"))
    assert "Recognised as victim" in page
    assert "Palermo Protocol, Article 3" in page


def test_readings_that_differ_are_told_to_those_who_read(db, as_):
    first, second, third = authority()
    file = referred()
    where = f"/cases/{file.case_id}/decision/"
    as_(first).post(where, READING)
    as_(second).post(where, READING | {"answer": NO, "differs_because": "A family visit."})
    assert "A third officer reads the file" in _text(as_(second).get(where))
    page = _text(as_(third).get(where))
    assert "A family visit." not in page
    assert "differ. A third" not in page


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"answer": NO}, "Your reading differs from what the rule gives"),
        ({"answer": ""}, "There is a problem"),
        ({"has_no_tie": ""}, "Say that you have no tie"),
    ],
)
def test_a_reading_that_is_refused_keeps_what_was_typed(db, as_, acting, more, words):
    (reader, *_) = authority()
    file = referred()
    page = _text(as_(reader).post(f"/cases/{file.case_id}/decision/", READING | more))
    assert words in page
    assert "The offer was a lie." in page
    acting(reader)
    assert not Reading.objects.exists()


def test_what_is_unknown_is_named_and_nothing_is_decided(db, as_):
    (reader, *_) = authority()
    file = referred(answers={c: v for c, v in MADE_OUT.items() if not c.startswith("means")})
    page = _text(as_(reader).post(f"/cases/{file.case_id}/decision/", READING))
    assert "cannot be decided: Means" in page


def test_the_registrar_sees_the_decision_and_not_the_readings(db, as_):
    first, second, _ = authority()
    here = registrar()
    file = referred()
    read(file, first, reasons="Only for colleagues.")
    read(file, second)
    page = _text(as_(here).get(f"/cases/{file.case_id}/reasons/"))
    assert "Recognised as victim" in page
    assert "Only for colleagues." not in page
    assert as_(here).get(f"/cases/{file.case_id}/facts/").status_code == 404


@pytest.mark.parametrize("page", ["decision/"])
def test_pages_of_the_file_need_few_queries(db, as_, page, django_assert_max_num_queries):
    (reader, *_) = authority()
    file = referred()
    client = as_(reader)
    with django_assert_max_num_queries(15):
        client.get(f"/cases/{file.case_id}/{page}")
