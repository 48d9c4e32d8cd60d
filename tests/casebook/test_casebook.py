"""Every page of the casebook is judged as it says."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from mekhala.core.reasoning.assess import assess

PAGES = sorted(Path(__file__).parent.glob("*.yaml"))
VALUES = {True: "yes", False: "no", None: "unknown"}
ESTABLISHED = {"met": True, "not_met": False, "undetermined": None}
ASKED = {
    *("established", "missing", "years", "aggravated_by", "possible_aggravation", "not_in_force"),
    *("classification", "age_basis", "continuum", "warnings", "warnings_not", "non_punishment"),
}


def document(page):
    return {
        "case": page["title"],
        "conduct": page["conduct"],
        "person": person(page),
        "facts": {f["fact"]: VALUES[f["made_out"]] for f in page["facts"]},
        "none_of": page.get("none_of", []),
    }


def person(page):
    if "born" not in page["person"]:
        return page["person"]
    began = date.fromisoformat(f"{page['conduct']['from']}-01-01"[:10])
    born = page["person"]["born"]
    age = began.year - born.year - ((began.month, began.day) < (born.month, born.day))
    return {"age": age, "age_certainty": "known"}


def judged(page, answer):
    """The outcome the page's own article came to, None if it was not in force."""
    if page["article"].startswith("Palermo"):
        return answer["palermo"]
    statute, article = page["article"].split(" Art. ")
    found = [o for o in answer["offences"] if (o["statute"], o["article"]) == (statute, article)]
    return found[0] if found else None


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_judges_the_page_as_it_says(path):
    page = yaml.safe_load(path.read_text(encoding="utf-8"))
    expected = page["outcome"]
    assert set(expected) <= ASKED

    answer = assess(document(page))
    outcome = judged(page, answer)

    assert (outcome is None) == expected.get("not_in_force", False)
    if outcome is not None:
        assert ESTABLISHED[outcome["finding"]] is expected["established"]
        for key in {"missing", "aggravated_by", "possible_aggravation", "age_basis"} & set(
            expected
        ):
            assert outcome[key] == expected[key]
    if "years" in expected:
        assert list(outcome["penalty"].values()) == expected["years"]


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_says_besides_what_the_page_says(path):
    page = yaml.safe_load(path.read_text(encoding="utf-8"))
    expected = page["outcome"]

    answer = assess(document(page))

    for key in {"classification", "continuum"} & set(expected):
        assert answer[key] == expected[key]
    codes = {w["code"] for w in answer["warnings"]}
    assert codes >= set(expected.get("warnings", []))
    assert not codes & set(expected.get("warnings_not", []))
    if "non_punishment" in expected:
        assert [n["code"] for n in answer["non_punishment"]] == expected["non_punishment"]


def test_the_casebook_holds_pages():
    assert len(PAGES) >= 15
