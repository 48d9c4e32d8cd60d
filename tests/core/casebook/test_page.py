"""A page of the casebook is read as it stands, and a mistake names its file, line and field."""

from pathlib import Path

import pytest

from mekhala.core.casebook.judged import disagreements, judge
from mekhala.core.casebook.page import read_page
from mekhala.core.casebook.shelf import judged_pages
from mekhala.core.wrong_input import WrongInput

PAGE = """\
title: A sale on the quay
article: KH-LSHTSE-2008 Art. 15
judged_on: 2026-06-03
conduct: {from: "2024-02", to: "2024-03"}
person: {age: 20, age_certainty: known}
facts:
  - {fact: act.sale_or_exchange, made_out: true, because: A price was paid.}
  - {fact: purpose.servitude, made_out: null, because: Nobody asked.}
outcome:
  established: null
  missing: [purpose]
  years: [7, 15]
why: It is invented.
"""
FACTS = PAGE[PAGE.index("facts:") : PAGE.index("outcome:")]
BORN = {  # the conduct began on some day of February 2024
    "2006-01-31": ("adult", 18),
    "2006-02-15": ("presumed_child", 17),  # 18 within that month
    "2006-03-01": ("child", 17),
    "2009-02-10": ("presumed_child", 14),  # 15 within that month, so no sentence rests on it
    "2009-03-01": ("child", 14),
}


def read(tmp_path, text, name="page.yaml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_page(path)


def test_a_page_is_what_assess_takes(tmp_path):
    page = read(tmp_path, PAGE)
    assert (page.citation, page.stem) == ("KH-LSHTSE-2008 Art. 15", "page")
    assert page.case.facts["act.sale_or_exchange"] is True
    assert page.case.facts["purpose.servitude"] is None
    assert page.facts[1].because == "Nobody asked."
    assert disagreements(judge(page)) == ()


@pytest.mark.parametrize("born", BORN)
def test_an_age_from_the_day_of_birth_is_that_when_the_conduct_began(tmp_path, born):
    page = read(tmp_path, PAGE.replace("{age: 20, age_certainty: known}", f"{{born: {born}}}"))
    assert (page.case.person.age_basis, page.case.person.age) == BORN[born]


WRONG = {
    "unknown key": ("why: ", "whey: ", 13, "'whey' is no key here"),
    "unknown outcome": ("  years:", "  yeers:", 12, "outcome: 'yeers' is no key here"),
    "no such fact": (
        "act.sale_or_exchange",
        "act.sale_or_exchage",
        7,
        "did you mean 'act.sale_or_exchange'",
    ),
    "answer in words": ("made_out: true", "made_out: yes please", 7, "true, false or null"),
    "no because": (", because: Nobody asked.", "", 8, "'because'"),
    "same fact twice": ("purpose.servitude", "act.sale_or_exchange", 8, "stands twice"),
    "no such statute": ("KH-LSHTSE-2008", "KH-LSHTSE-2009", 2, "did you mean 'KH-LSHTSE-2008'"),
    "no such article": ("Art. 15", "Art. 151", 2, "has no article '151'"),
    "years in words": ("[7, 15]", "seven", 12, "expected [least, most] years"),
    "list as word": ("[purpose]", "purpose", 11, "expected a list of words"),
    "established in words": (
        "established: null",
        "established: perhaps",
        10,
        "true, false or null",
    ),
    "wrong certainty": ("age_certainty: known", "age_certainty: sure", None, "age_certainty"),
    "conduct backwards": ('"2024-03"', '"2023-03"', None, "'from' is after 'to'"),
    "key in conduct": ('to: "2024-03"', 'until: "2024-03"', 4, "conduct: 'until' is no key here"),
    "born and age": ("{age: 20,", "{born: 2000-01-01, age: 20,", 5, "either 'born' or 'age'"),
    "born later": (
        "{age: 20, age_certainty: known}",
        "{born: 2025-01-01}",
        5,
        "before the conduct",
    ),
    "day of judgment": ("judged_on: 2026-06-03", "judged_on: soon", 3, "dates like"),
    "completed in words": ("why: ", "completed: [1]\nwhy: ", 13, "under 'completed'"),
    "charge without article": ("why: ", "charges: [theft]\nwhy: ", 13, "cites nothing"),
    "charge of no statute": ("why: ", "charges: [KH-LSHTS-2008 Art. 1]\nwhy: ", None, "no statute"),
    "facts in words": (FACTS, "facts: few\n", 6, "expected a list under 'facts'"),
    "person in words": ("{age: 20, age_certainty: known}", "a woman", 5, "under 'person'"),
    "part of the suspect": ("why: ", "participation: friend\nwhy: ", None, "participation"),
    "neither": ("  established: null\n", "", 9, "'established' or 'not_in_force: true'"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_mistake_names_the_file_the_line_and_the_field(tmp_path, mistake):
    right, wrong, line, says = WRONG[mistake]
    assert right in PAGE
    with pytest.raises(WrongInput) as refused:
        read(tmp_path, PAGE.replace(right, wrong))
    sentence = str(refused.value)
    where = f"page.yaml: line {line}: " if line else "page.yaml: "
    assert sentence.startswith(where)
    assert says in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("text", ["", "words", "- a list", "title: [", "facts: few", "{"])
def test_what_is_no_page_is_one_sentence(tmp_path, text):
    with pytest.raises(WrongInput, match=r"^page.yaml: .+") as refused:
        read(tmp_path, text)
    assert "\n" not in str(refused.value)


DISAGREES = {
    "established: null": ("established: true", 10, "established: expected True, found None"),
    "[purpose]": ("[act]", 11, "missing: expected ['act'], found ['purpose']"),
    "[7, 15]": ("[15, 20]", 12, "years: expected [15, 20], found [7, 15]"),
    "years: [7, 15]": ("warnings: [presumed_child]", 12, "warnings: expected"),
    "years: [7, 15]\n": ("charges: {KH-LSHTSE-2008 Art. 15: fits}\n", 12, "charges: expected"),
    "  years: [7, 15]": ("  beside: {KH-LSHTSE-2008 Art. 14: false}", 12, "beside: expected"),
}


@pytest.mark.parametrize("right", DISAGREES)
def test_what_the_rules_do_not_find_is_told_with_its_line(tmp_path, right):
    wrong, line, says = DISAGREES[right]
    said = disagreements(judge(read(tmp_path, PAGE.replace(right, wrong))))
    assert len(said) == 1
    assert said[0].startswith(f"page.yaml: line {line}: outcome: {says}")


def test_a_law_that_was_not_in_force_is_told(tmp_path):
    old = PAGE.replace('"2024-02", to: "2024-03"', '"1999", to: "1999"')
    said = disagreements(judge(read(tmp_path, old)))
    sentence = "KH-LSHTSE-2008 Art. 15 was not in force on a day of the conduct"
    assert said == (f"page.yaml: line 9: outcome: {sentence}",)


def test_nothing_follows_of_what_is_not_in_force(tmp_path):
    with pytest.raises(WrongInput, match="line 11: outcome: missing: nothing follows"):
        read(tmp_path, PAGE.replace("established: null", "not_in_force: true"))


def test_two_pages_of_one_title_are_refused(tmp_path: Path):
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    with pytest.raises(WrongInput, match=r"two.yaml: title: 'A sale on the quay' is that of one"):
        judged_pages(tmp_path)
