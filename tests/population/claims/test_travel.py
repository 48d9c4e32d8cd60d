"""How a figure travelled, as it is drawn."""

from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.provenance.claim import read_claims
from mekhala.core.provenance.sources import document_years
from mekhala.population.claims.queries import traced
from mekhala.population.claims.travel import travel
from mekhala.web.casework.claims.drawing import drawn
from tests.builders_claims import repeated, row, text


def _travel(rows, claim_id="A-1"):
    claims = read_claims(text(rows))
    by_id = {one.claim.claim_id: one for one in traced(claims)}
    root = by_id[by_id[claim_id].repeats or claim_id]
    joined = [root, *(by_id[name] for name in root.repeated_by)]
    chain = [o for o in by_id.values() if o.claim.chain == root.claim.chain and o.claim.chain]
    return travel(chain or joined, joined, document_years(claims)), by_id


def _names(lane):
    return [stop.name for stop in lane.stops]


def test_a_lane_for_each_definition_and_no_line_leaves_it():
    found, _ = _travel(repeated())
    assert [_names(lane) for lane in found.lanes] == [
        ["Invented Survey 2019", "A-1"], ["B-7"],
    ]  # fmt: skip
    for lane in found.lanes:
        assert all(stop.before is None or stop.before in lane.stops for stop in lane.stops)
    assert found.lanes[1].taken_from.claim_id == "A-1"


def test_documents_that_carried_a_figure_stand_between_in_the_order_of_time():
    rows = [
        row("A-1", source_cited="Count 2002", sources_that_repeat_it="B", chain="K"),
        row("B-1", source_cited="Count 2002 via Reader 2006", method="unsourced", chain="K"),
    ]
    [lane] = _travel(rows)[0].lanes
    assert _names(lane) == ["Count 2002", "A-1", "Reader 2006", "B-1"]
    assert lane.stops[2].before is lane.stops[0]
    assert lane.stops[3].before is lane.stops[2]
    assert lane.stops[0].column < lane.stops[2].column < lane.stops[3].column


def test_a_link_its_author_does_not_show_is_told_apart():
    rows = [
        row("A-1", sources_that_repeat_it="B", chain="K"),
        row("B-1", method="unsourced", source_cited="none given", chain="K"),
    ]
    found, by_id = _travel(rows)
    picture = drawn(found, by_id["A-1"])
    assert [line["shown"] for line in picture["lanes"][0]["lines"]] == [True, False]
    assert "does not show" in picture["lanes"][0]["stops"][-1]["says"]


def test_a_claim_alone_with_its_source_is_drawn_and_a_long_chain_left_to_the_list():
    found, by_id = _travel([row("A-1")])
    assert len(drawn(found, by_id["A-1"])["lanes"][0]["lines"]) == 1
    many = [row(f"A-{n}", value=str(n), quantity=f"Kilns {n}", chain="K") for n in range(1, 41)]
    found, _ = _travel(many)
    assert (len(found.lanes), found.left_out) == (6, 34)


years = st.sampled_from(["", "Count 1999", "Count 2002", "Other 2010 via Count 2002", "none given"])
definitions = st.sampled_from(["seen", "told of", ""])


@given(st.lists(st.tuples(years, definitions, st.booleans()), min_size=1, max_size=8))
def test_every_claim_is_drawn_once_and_time_runs_to_the_right(found):
    rows = [
        row(f"{'ABCDEFGH'[n]}-1", source_cited=cited, population_definition=words, chain="K",
            method="survey" if counted else "unsourced", sources_that_repeat_it="A B C D")
        for n, (cited, words, counted) in enumerate(found)
    ]  # fmt: skip
    way, by_id = _travel(rows)
    stops = [stop for lane in way.lanes for stop in lane.stops]
    drawn_once = sorted(stop.name for stop in stops if stop.one)
    assert len(set(drawn_once)) == len(drawn_once) == len(by_id) - way.left_out
    for stop in stops:
        if stop.before:
            assert stop.before.column < stop.column
    places = [(n, s.row, s.column) for n, lane in enumerate(way.lanes) for s in lane.stops]
    assert len(places) == len(set(places))


def test_a_document_is_not_older_than_its_name_or_its_sources_and_of_a_span_the_beginning():
    rows = [
        row("A-1", seed_file="Paper of 2012", source_cited="Count 2002"),
        row("B-1", source_cited="Plan 2010-2014"),
        row("C-1", source_cited="none given"),
    ]
    assert document_years(read_claims(text(rows))) == {"A": 2012, "B": 2010}
