import re
from pathlib import Path

import pytest
from defusedxml import ElementTree
from pyxform.xls2xform import convert

from mekhala.core.reasoning.indicators import Origin, indicators
from mekhala.sample.encounters import URGENT
from mekhala.sample.forms import FORMS, fact_code, form_text
from mekhala.sample.situations import SITUATIONS

LANGUAGES = {"English (en)", "Khmer (km)", "Vietnamese (vi)", "Thai (th)"}
XF = "{http://www.w3.org/2002/xforms}"
SCRIPTS = {"Khmer (km)": r"[\u1780-\u17ff]", "Thai (th)": r"[\u0e00-\u0e7f]"}


@pytest.fixture(params=FORMS)
def text(request):
    return form_text(request.param)


def _rows(text, sheet):
    """The rows of one sheet of a Markdown XLSForm, as mappings."""
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()]
    start = next(i for i, cells in enumerate(lines) if cells[0] == sheet)
    header = lines[start + 1][1:]
    for cells in lines[start + 2 :]:
        if cells[0]:
            return
        yield dict(zip(header, cells[1:], strict=True))


def _labels(xform):
    """Language → the texts of that translation, by id."""
    root = ElementTree.fromstring(xform)
    return {
        translation.get("lang"): {
            text.get("id"): "".join(text.find(f"{XF}value").itertext()).strip()
            for text in translation.iter(f"{XF}text")
        }
        for translation in root.iter(f"{XF}translation")
    }


def test_each_form_converts_without_a_warning(text):
    warnings = []

    xform = convert(text, warnings=warnings, file_type=".md").xform

    assert warnings == []
    assert "<h:html" in xform


def test_every_label_stands_in_every_language(text):
    labels = _labels(convert(text, file_type=".md").xform)

    assert set(labels) == LANGUAGES
    ids = set(labels["English (en)"])
    for language, found in labels.items():
        assert set(found) == ids, language
        assert all(value not in ("", "-") for value in found.values()), language


def test_khmer_and_thai_labels_are_in_their_own_script(text):
    labels = _labels(convert(text, file_type=".md").xform)

    for language, script in SCRIPTS.items():
        assert all(re.search(script, value) for value in labels[language].values()), language


def test_every_translation_is_marked_for_review(text):
    for sheet in ("survey", "choices"):
        for row in _rows(text, sheet):
            assert not row["label::Khmer (km)"] or "machine translated" in row["review"]
    assert all("machine translated" in row["note"] for row in _rows(text, "settings"))


def test_every_yes_has_a_no_a_not_known_and_a_did_not_want_to_say(text):
    answers = [r["name"] for r in _rows(text, "choices") if r["list_name"] == "answer"]

    assert answers == ["yes", "no", "not_known", "not_said"]


def test_no_question_about_a_person_must_be_answered(text):
    assert "required" not in next(iter(_rows(text, "survey")))


def test_the_card_offers_the_urgent_needs_that_the_sample_records():
    needs = {r["name"] for r in _rows(form_text("first_contact"), "choices")}

    assert set(URGENT) <= needs


def test_the_screening_form_asks_about_acts_means_and_purposes_by_their_codes():
    asked = {
        fact_code(row["name"])
        for row in _rows(form_text("screening"), "survey")
        if row["type"] == "select_one answer"
    }
    told = {code for s in SITUATIONS if s.victim for code in (*s.act, *s.means, s.exploitation)}

    assert told - {"act.procuring", "means.confinement"} <= asked


def test_the_screening_form_uses_the_codes_of_the_contract():
    contract = Path(__file__).resolve().parents[3] / "shared" / "contract"
    if not contract.is_dir():
        pytest.skip("the contract's tables are not beside this repository")
    survey = list(_rows(form_text("screening"), "survey"))
    asked = {fact_code(r["name"]) for r in survey if r["type"] == "select_one answer"}
    dimensions = {r["type"].split()[1] for r in survey if r["type"].startswith("select_multiple")}
    offered = {
        r["name"] for r in _rows(form_text("screening"), "choices") if r["list_name"] in dimensions
    }

    assert asked - {"wants.referral"} <= _codes(contract / "facts.csv")
    ours = {i.code for i in indicators().values() if i.origin is not Origin.ILO_EC_2009}
    assert offered - ours <= _codes(contract / "ilo_indicators.csv")
    assert ours <= offered
    assert {code.split(".")[0] for code in offered} == dimensions
    elements = _palermo(contract / "facts.csv")
    assert elements <= asked


def _codes(path):
    return {line.split(",", 1)[0] for line in path.read_text(encoding="utf-8").splitlines()[1:]}


def _palermo(path):
    """The codes that make out an element of the Palermo Protocol by themselves."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return {
        line.split(",")[0] for line in lines if line.split(",")[-1] in ("act", "means", "purpose")
    }
