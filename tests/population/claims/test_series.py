"""Figures over the years: an axis for each unit, and no line between what is unlike."""

from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.provenance.claim import read_claims
from mekhala.population.claims.queries import traced
from mekhala.population.claims.series import panels
from mekhala.web.casework.claims.series_drawing import drawn
from tests.builders_claims import row, text

CALENDAR = {"quantity": "Convictions", "period": "2009", "source_cited": "Report 2010"}


def _panels(*rows):
    return panels(traced(read_claims(text(list(rows)))))


def _joined(panel):
    pairs = [pair for one in panel.series for pair in one.joined]
    return sorted(tuple(p.one.claim.claim_id for p in pair) for pair in pairs)


def _of(claim_id, value, **more):
    told = {"unit": "convictions", "population_definition": "persons convicted", "place": "Here"}
    return row(claim_id, value=value, **told | CALENDAR | more)


def test_each_unit_has_an_axis_of_its_own_labelled_with_it():
    found = _panels(_of("A-1", "12"), _of("B-1", "71", unit="prosecutions"))
    assert [drawn(one)["unit"] for one in found] == ["convictions", "prosecutions"]
    assert [tick["said"] for tick in drawn(found[1])["ticks"]] == ["0", "50", "100"]


def test_a_line_joins_years_of_one_series_and_a_series_is_told_without_its_year():
    (panel,) = _panels(
        _of("A-1", "12", quantity="Convictions, report 2009", period="report 2009 period"),
        _of("A-2", "36", quantity="Convictions, report 2010", period="report 2010 period",
            source_cited="Report 2011"),
    )  # fmt: skip
    assert _joined(panel) == [("A-1", "A-2")]
    assert len(drawn(panel)["lines"]) == 1


def test_no_line_joins_another_definition_place_or_kind_of_period():
    first = _of("A-1", "12")
    for unlike in (
        {"population_definition": "convicted by one court"}, {"place": "There"},
        {"period": "report 2010 period"}, {"quantity": "Final convictions"},
    ):  # fmt: skip
        other = _of("A-2", "36", **{"period": "2010", "source_cited": "Report 2011"} | unlike)
        (panel,) = _panels(first, other)
        assert _joined(panel) == [], unlike
        assert len(drawn(panel)["points"]) == 2


def test_no_line_runs_through_a_year_for_which_two_values_are_told():
    (panel,) = _panels(
        _of("A-1", "12"), _of("B-1", "14", source_cited="Other 2010"),
        _of("A-2", "36", period="2010", source_cited="Report 2011"),
    )  # fmt: skip
    assert _joined(panel) == []


def test_a_range_is_drawn_from_end_to_end_and_what_has_no_year_is_named():
    (panel,) = _panels(
        _of("A-1", "80-100"), _of("A-2", "5", period="undated"), _of("A-3", "many", period="2011")
    )
    (dates,) = _panels(_of("A-4", "2001", unit="year", period="2001"))
    assert not drawn(dates)["points"]  # the year in which something began is no quantity
    shown = drawn(panel)
    assert [(p["is_range"], p["low"] > p["high"]) for p in shown["points"]] == [(True, True)]
    assert [one.claim.claim_id for one in shown["unplaced"]] == ["A-2", "A-3"]


@given(st.lists(st.tuples(st.integers(1990, 2030), st.integers(0, 10**9)), min_size=1, max_size=8))
def test_every_point_stands_inside_the_axes_the_larger_never_lower(told):
    rows = [_of(f"A-{n}", str(v), period=str(y), place=f"P{n}") for n, (y, v) in enumerate(told)]
    for panel in _panels(*rows):
        shown = drawn(panel)
        heights = sorted((float(p["label"].split()[1]), -p["low"]) for p in shown["points"])
        assert [h for _v, h in heights] == sorted(h for _v, h in heights)
        for point in shown["points"]:
            assert shown["left"] < point["x"] < shown["right"]
            assert shown["top"] <= point["low"] <= shown["base"]


def test_the_reports_on_trafficking_are_drawn_by_unit(shared):
    file = shared / "data" / "seeds" / "seed_claims.csv"
    found = traced(read_claims(file.read_text(encoding="utf-8")))
    reports = [one for one in found if ", tip " in one.claim.quantity.casefold()]
    units = {panel.unit: panel for panel in panels(reports)}
    assert _joined(units["convictions"]) == [("S2-022", "S2-023"), ("S2-023", "S2-025")]
    assert _joined(units["prosecutions"]) == [("S2-021", "S2-024")]
    assert {p.one.claim.claim_id for s in units["convictions"].series for p in s.points} == {
        "S2-020", "S2-022", "S2-023", "S2-025",
    }  # fmt: skip  # that of one court stands on the axis, and no line leads to it
