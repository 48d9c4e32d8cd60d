"""The authority's pages: facts with sources, the matrix."""

from datetime import timedelta

import pytest

from mekhala.pathway.determination.models import Finding
from mekhala.pathway.determination.services import record_finding
from tests.builders import NOW
from tests.builders_casework import authority, referred


@pytest.fixture
def as_(client):
    """Return a function that signs an officer in and returns the client."""

    def sign_in(who):
        client.force_login(who)
        return client

    return sign_in


def _text(response):
    return response.content.decode()


def test_a_fact_is_added_and_shown_with_its_source(db, as_, acting):
    (reader, *_) = authority()
    file = referred()
    where = f"/cases/{file.case_id}/facts/"
    told = {"code": "means.deception", "made_out": "no", "source_kind": "witness",
            "because": "He says she knew.", "said_on": "2026-03-10"}  # fmt: skip
    assert as_(reader).post(f"{where}new/", told).url == where
    page = _text(as_(reader).get(where))
    assert "He says she knew." in page
    assert "Sources differ" in page
    acting(reader)
    assert Finding.objects.filter(source_kind="witness", made_out=False).count() == 1


def test_the_matrix_sets_sources_side_by_side_without_any_number(db, as_, acting):
    (reader, *_) = authority()
    file = referred()
    acting(reader)
    record_finding(
        file=file, code="means.deception", made_out=False, source_kind="witness",
        because="He says she knew.", said_on=None, by=reader, at=NOW + timedelta(hours=3),
    )  # fmt: skip
    page = _text(as_(reader).get(f"/cases/{file.case_id}/matrix/"))
    for words in ("The screening", "Another person", "For", "Against", "Silent", "Sources differ"):
        assert words in page
    assert "%" not in page.split("<main")[1]
    assert '<th scope="row"' in page


def test_dates_of_the_conduct_that_are_none_are_refused_in_words(db, as_):
    (reader, *_) = authority()
    file = referred()
    page = _text(as_(reader).post(f"/cases/{file.case_id}/facts/", {"conduct_from": "soon"}))
    assert "conduct_from" in page


@pytest.mark.parametrize("page", ["facts/", "matrix/"])
def test_pages_of_the_file_need_few_queries(db, as_, page, django_assert_max_num_queries):
    (reader, *_) = authority()
    file = referred()
    client = as_(reader)
    with django_assert_max_num_queries(15):
        client.get(f"/cases/{file.case_id}/{page}")
