"""What a figure lost on its way, and what no longer stands."""

import pytest

from mekhala.core.provenance.chains import chain_of, links_between, roots_of
from mekhala.core.provenance.changes import changes
from mekhala.core.provenance.claim import Claim
from mekhala.core.provenance.ledger import ledger
from mekhala.core.provenance.superseded import superseded


def claim(claim_id, **more):
    usual = {
        "quantity": "Kiln workers", "population_definition": "adults seen at work each day",
        "place": "Kiln Valley", "period": "2019", "value": "20829", "unit": "persons",
        "method": "survey", "source_cited": "Count 2019", "chain": "K",
    }  # fmt: skip
    return Claim(claim_id=claim_id, **usual | more)


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ({"value": "20000"}, "rounded"),
        ({"value": "9"}, "value"),
        ({"unit": "persons/year"}, "unit"),
        ({"quantity": "Slaves"}, "quantity"),
        ({"population_definition": "adults seen at work"}, "qualifier_dropped"),
        ({"population_definition": "slaves"}, "definition"),
        ({"period": "2021"}, "period"),
        ({"source_cited": "none given"}, "citation_dropped"),
        ({"source_cited": "Reader 2021"}, "citation"),
    ],
)
def test_each_thing_that_changed_is_told_by_its_kind(other, kind):
    assert [one.kind for one in changes(claim("A-1"), claim("B-1", **other))] == [kind]


def test_nothing_changed_is_nothing_told():
    assert changes(claim("A-1"), claim("B-1")) == []


def _gone(*claims):
    found = superseded(claims, roots_of(list(claims), links_between(list(claims))))
    return {claim_id: (one.by, one.said_in, one.through) for claim_id, one in found.items()}


def test_what_repeats_a_superseded_figure_is_superseded_with_it():
    first = claim("A-1", superseded_by="Census 2021", sources_that_repeat_it="B")
    assert _gone(first, claim("B-1", method="unsourced"), claim("C-1", chain="", value="5")) == {
        "A-1": ("Census 2021", "column", None), "B-1": ("Census 2021", "column", "A-1"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("note", "gone"),
    [
        ("later judged unreliable (Bureau 2012)", True),
        ("called unreliable by its author", True),
        ("withdrawn by the ministry", True),
        ("found that the unit is right; a wrong page", False),
        ("the method is unreliable", False),
        ("", False),
    ],
)
def test_a_note_that_says_so_is_heard(note, gone):
    assert bool(_gone(claim("A-1", note=note))) is gone


def test_the_ledger_and_the_chain_tell_it():
    one = claim("A-1", superseded_by="Census 2021")
    assert ledger([one])["superseded"] == [
        {"claim_id": "A-1", "by": "Census 2021", "said_in": "column", "through": None}
    ]
    assert chain_of([one], "A-1")["superseded"]["by"] == "Census 2021"


def test_a_ratio_of_figures_is_no_origin_of_its_own():
    found = ledger([claim("A-1"), claim("A-2", unit="ratio", value="5", source_cited="authors")])
    assert found["chains"][0]["independent_origins"] == 1
