"""Every page of the casebook is judged as it says, and together they show the whole law."""

import re
from pathlib import Path

import pytest

import mekhala.core.reasoning.warning as warning
from mekhala.core.casebook.judged import Fit, disagreements, judge
from mekhala.core.casebook.page import read_page
from mekhala.core.casebook.shelf import judged_pages
from mekhala.core.law.library import countries, provisions
from mekhala.core.reasoning.age import AgeBasis
from mekhala.core.vocabulary.facts import facts

FOLDER = Path(__file__).parent
PAGES = sorted(FOLDER.glob("*.yaml"))
JUDGED = judged_pages(FOLDER)
PROVISIONS = [p for country in countries() for p in provisions(country)]
NEEDS_EXPLOITATION = {
    f"{code.removeprefix('purpose.')}_needs_exploitation" for code in warning.NEEDS_EXPLOITATION
}


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_judges_the_page_as_it_says(path):
    assert disagreements(judge(read_page(path))) == ()


def test_the_casebook_holds_pages():
    assert len(JUDGED) == len(PAGES) >= 60


@pytest.mark.parametrize("citation", [p.citation for p in PROVISIONS])
@pytest.mark.parametrize("fit", [Fit.FITS, Fit.NEARLY_FITS])
def test_each_provision_is_met_by_a_case_and_nearly_met_by_another(citation, fit):
    assert [j for j in JUDGED if j.page.citation == citation and j.fit is fit]


@pytest.mark.parametrize("provision", PROVISIONS, ids=lambda p: p.citation)
def test_each_element_is_the_only_one_lacking_in_some_case(provision):
    near = [j for j in JUDGED if j.page.citation == provision.citation and j.fit is Fit.NEARLY_FITS]
    lacking = {name for j in near for name, value in j.elements.items() if value != "yes"}
    implied = {"earlier_offence"} if "knowledge" in lacking else set()  # who knows of it shows it
    assert lacking | implied == {element.name for element in provision.elements}


@pytest.mark.parametrize("provision", PROVISIONS, ids=lambda p: p.citation)
def test_each_aggravation_is_found_or_left_open_in_some_case(provision):
    keys = ("aggravated_by", "possible_aggravation", "aggravations_to_ask")
    own = [j.page.expected for j in JUDGED if j.page.citation == provision.citation]
    told = {name for expected in own for key in keys for name in expected.get(key, [])}
    assert told == {aggravation.name for aggravation in provision.aggravations}


@pytest.mark.parametrize("basis", AgeBasis)
@pytest.mark.parametrize("fit", [Fit.FITS, Fit.NEARLY_FITS])
def test_the_definition_is_met_and_nearly_met_at_each_basis_of_age(basis, fit):
    definition = [j for j in JUDGED if j.page.statute == "PALERMO" and j.outcome]
    assert [j for j in definition if j.outcome["age_basis"] == basis and j.fit is fit]


@pytest.mark.parametrize("code", sorted(facts()))
def test_each_fact_is_found_in_some_case(code):
    assert any(f.code == code and f.made_out is True for j in JUDGED for f in j.page.facts)


def test_each_warning_is_expected_by_some_case():
    written = Path(warning.__file__).read_text(encoding="utf-8")
    codes = set(re.findall(r'code="(\w+)"', written)) | NEEDS_EXPLOITATION
    assert len(codes) >= 10
    assert codes == {code for j in JUDGED for code in j.page.expected.get("warnings", [])}


@pytest.mark.parametrize("key", ["liability", "standing", "governs", "classification", "continuum"])
def test_each_word_the_answer_has_is_expected_by_some_case(key):
    words = {
        "liability": {"accomplice", "instigator", "attempt"},
        "standing": {"stands", "possibly_displaced"},
        "governs": {"possibly"},
        "classification": {
            *("trafficking", "smuggling", "procuring", "exploitation_only", "none"),
            "undetermined",
        },
        "continuum": set("ABCDEF"),
    }
    assert {j.page.expected[key] for j in JUDGED if j.page.expected.get(key)} == words[key]


def test_every_aggravation_raises_a_range_in_some_case():
    raised = {name for j in JUDGED for name in j.page.expected.get("aggravated_by", [])}
    assert raised == {a.name for p in PROVISIONS for a in p.aggravations}
