"""Estimates in words, in pictures and as a report: never a number without what it rests on."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.estimation import wording
from mekhala.core.estimation.chao import chao
from mekhala.core.estimation.charts import drawn_panel, drawn_ties
from mekhala.core.estimation.estimate import Estimate, Quantity, Warned
from mekhala.core.estimation.gate import gate
from mekhala.core.estimation.independence import independence
from mekhala.core.estimation.panel import agreement
from mekhala.core.estimation.report import Told, report
from mekhala.core.estimation.stepwise import stepwise
from mekhala.core.estimation.tables import from_counts
from mekhala.core.estimation.ties import ties

TABLE = from_counts(
    ("hotline", "police", "shelter"),
    {(1, 0, 0): 600, (0, 1, 0): 800, (0, 0, 1): 700, (1, 1, 0): 200, (1, 0, 1): 180,
     (0, 1, 1): 250, (1, 1, 1): 7},
)  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"
APART = Warned(code="chains_disagree", because="medians 100 to 900")


@pytest.fixture(scope="module")
def panel():
    return [method(TABLE, bootstrap=0) for method in (independence, stepwise, chao)]


def told(estimates, table=TABLE, **more):
    agreed = agreement(estimates, gate(table))
    return report(Told(table=table, estimates=estimates, agreement=agreed, command="mekhala …",
                       made="9 March 2026", source="<lists>", **more))  # fmt: skip


def test_an_estimate_prints_all_it_rests_on(panel):
    said = str(panel[0])
    for part in ("people in all; between", panel[0].assumption, panel[0].covers, panel[0].model,
                 panel[0].reference, *(w.because for w in panel[0].warnings)):  # fmt: skip
        assert part in said


def test_a_lower_bound_is_said_as_at_least(panel):
    assert str(panel[2]).startswith("chao: at least ")
    assert "or more (95 % lower bound)" in str(panel[2])


def test_a_share_is_said_in_per_cent(panel):
    share = replace(panel[0], of=Quantity.SHARE, estimate=0.23, low=0.19, high=0.27, observed=400)
    assert "23.0% of those observed; between 19.0% and 27.0%" in str(share)


def test_what_to_dict_tells_from_dict_takes_back(panel):
    for found in panel:
        kept = json.loads(json.dumps(found.to_dict()))
        assert Estimate.from_dict(kept).to_dict() == found.to_dict()


@given(st.floats(0, 1e9))
@settings(max_examples=30)
def test_thousands_are_set_apart_by_a_sign_that_means_nothing_else(number):
    written = wording.whole(number)
    assert "," not in written
    assert "." not in written
    assert int(written.replace(wording.NARROW, "")) == round(number)


def test_the_one_sentence_spans_every_method_and_names_what_none_covers(panel):
    said = wording.one_sentence(panel)
    low = min(e.low for e in panel[:2])
    assert f"Between {wording.whole(low)} and" in said
    assert "independence and stepwise" in said
    assert "chao" not in said
    assert "can be on no list" in said


def test_what_did_not_settle_speaks_for_nothing(panel):
    apart = replace(panel[0], warnings=(APART,))
    assert wording.one_sentence([apart]) is None
    assert ties([apart], 3) is None
    assert "Did not settle" in drawn_panel([apart])
    assert wording.whole(apart.estimate) not in drawn_panel([apart])


def test_an_interval_without_an_upper_end_leaves_no_sentence(panel):
    assert wording.one_sentence([panel[0], replace(panel[1], high=None)]) is None


def test_linkage_is_not_covered_until_an_interval_says_so(panel):
    linked = replace(panel[0], covers="sampling and linkage")
    assert "by mistake" in wording.not_covered(panel)[-1]
    assert not any("by mistake" in text for text in wording.not_covered([linked]))


def test_the_curve_passes_through_each_method_and_its_band_through_the_interval(panel):
    found = ties(panel, 3)
    assert found.method == "stepwise"
    for place in (*found.places, *found.outside):
        one = next(e for e in panel if e.method in place.methods)
        seen, missed = panel[1].observed, panel[1].estimate - panel[1].observed
        assert seen + place.xi * missed == pytest.approx(one.estimate)
    middle = len(found.xi) // 2
    assert found.xi[middle] == pytest.approx(1)
    assert found.lows[middle] == pytest.approx(panel[1].low)
    assert found.highs[middle] == pytest.approx(panel[1].high)


def test_pictures_are_text_with_a_title_a_finding_and_nothing_fetched(panel):
    for name, text in (("panel", drawn_panel(panel)), ("ties", drawn_ties(ties(panel, 3)))):
        root = ElementTree.fromstring(text)
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == f"{name}-title {name}-says"
        assert root.find(f"{SVG}desc").text
        words = {t.text for t in root.iter(f"{SVG}text")}
        assert any(w in words for w in ("stepwise", "stepwise, independence"))
        assert "style=" not in text
        assert "<image" not in text
        assert "href=" not in text


def test_every_method_stands_in_its_place_whatever_its_size(panel):
    words = [t.text for t in ElementTree.fromstring(drawn_panel(panel[::-1])).iter(f"{SVG}text")]
    names = [w for w in words if w in {e.method for e in panel}]
    assert names == [e.method for e in panel[::-1]]


def test_the_report_has_the_panel_first_and_the_sentence_last(panel):
    page = told(panel)
    order = ["Methods side by side", "What none of them covers", "The tie nobody can test",
             "People shared by each two lists", "Run it again", "If one sentence"]  # fmt: skip
    places = [page.index(head) for head in order]
    assert places == sorted(places)
    before = page[: page.index("<svg")]
    assert not [e for e in panel if wording.whole(e.estimate) in before]
    assert "&lt;lists&gt;" in page
    assert "<lists>" not in page
    assert not re.search(r"<script|<link|src=|href=|url\(", page)


def test_the_report_writes_no_small_overlap_and_none_at_all_when_told(panel):
    few = from_counts(TABLE.lists, dict(zip(TABLE.histories, TABLE.counts, strict=True))
                      | {(1, 1, 0): 1, (1, 1, 1): 1})  # fmt: skip
    page = told([independence(few, bootstrap=0)], few)
    assert "fewer than 10" in page
    assert "People shared by" not in told(panel, overlaps=False)


def test_without_any_number_the_report_gives_reasons_and_draws_nothing():
    apart = from_counts(("a", "b", "c"), {(1, 0, 0): 9, (0, 1, 0): 8, (0, 0, 1): 7})
    page = told([independence(apart, bootstrap=0), stepwise(apart, bootstrap=0)], apart)
    assert "No number can be defended." in page
    assert "nobody_seen_twice" in page
    assert "<svg" not in page
    assert "If one sentence" not in page


def test_methods_too_far_apart_leave_no_sentence(panel):
    far = replace(panel[1], estimate=panel[0].estimate * 9, high=panel[0].estimate * 12)
    page = told([panel[0], far])
    assert "No number can be defended." in page
    assert "<svg" in page
    assert "If one sentence" not in page
