"""The pages on the law are those the data gives, and a statute file can be checked."""

import re
from pathlib import Path

import pytest

from mekhala.cli import law_pages, main
from mekhala.cli.casebook_page import anchor
from mekhala.cli.law_pages import kept_statutes, pages
from mekhala.core.casebook.shelf import judged_pages

ROOT = Path(__file__).resolve().parents[2]
LAW = ROOT / "docs" / "law"
CASEBOOK = ROOT / "tests" / "casebook"
MADE = pages(CASEBOOK)
CASES = judged_pages(CASEBOOK)
MEASURED = "us-case-law.md"  # made by a benchmark from a file that is not kept here


@pytest.mark.parametrize("name", sorted(MADE))
def test_the_page_kept_is_the_page_made(name):
    assert (LAW / name).read_text(encoding="utf-8") == MADE[name], "run: ./run docs"


def test_no_page_is_left_from_a_text_that_is_gone():
    assert {page.name for page in LAW.glob("*.md")} == {"README.md", MEASURED, *MADE}


def test_a_page_tells_every_article_and_that_nothing_is_verified():
    for statute in kept_statutes():
        page = MADE[f"{statute.code.lower()}.md"]
        assert page.count("\n## Article ") == len(statute.articles)
        assert page.count("- Verified: no") == len(statute.articles)
        assert "not verified by any lawyer" in page


def test_each_case_stands_once_beside_the_article_it_is_judged_under():
    for case in CASES:
        page = MADE[f"{case.page.statute.lower()}.md"]
        sections = [
            section
            for section in page.split("\n## ")
            if f": [{case.page.title}](casebook.md#{anchor(case.page.title)})" in section
        ]
        assert len(sections) == 1
        assert sections[0].startswith(f"Article {case.page.article}:")
        assert f"- Why: {case.page.why}\n" in f"{sections[0]}\n"


def test_an_article_says_which_cases_fit_and_which_nearly():
    tenth = MADE["kh-lshtse-2008.md"].split("## Article 10:")[1].split("## Article 11:")[0]
    assert "**Fits**: [A seller enticed away from the market]" in tenth
    assert "**Nearly fits (purpose answered no)**: [A girl of seventeen who went" in tenth
    assert tenth.index("**Fits**") < tenth.index("**Nearly fits") < tenth.index("**Does not fit")
    assert "- Outcome: made out; range 15 to 20 years; raised by minor" in tenth


def test_an_offence_a_person_was_compelled_to_is_never_among_what_was_found():
    told = MADE["palermo.md"].split("A courier on her first flight")[1].split("\n**")[0]
    found, compelled = told.splitlines()[2:4]
    assert found.startswith("- Found: recruited the person; ")
    assert found.endswith("; purpose: crime under force: online scams, drugs, theft")
    assert compelled == "- What the person was compelled to: a drug offence; use of false documents"


def test_a_case_stands_beside_the_wording_of_its_time():
    old, amended = MADE["th-atp-2008.md"].split("## Article 6: ")[1:]
    assert "A flower seller of twelve in Thailand" in old
    assert "The same packer five years later" in amended


def test_every_case_is_told_with_its_facts_outcome_and_why():
    page = MADE["casebook.md"]
    assert page.count("\n### ") == len(CASES)
    for case in CASES:
        told = page.split(f"### {case.page.title}\n")[1].split("\n### ")[0]
        assert case.page.why in told
        assert all(f"(`{fact.code}`)" in told for fact in case.page.facts)
        assert all(fact.because in told for fact in case.page.facts)


def test_the_contents_count_the_cases_of_each_article():
    page = MADE["casebook.md"]
    counted = re.findall(r"^\| \[(.+)\]\(#(.+)\) \| (\d+) \| (\d+) \| (\d+) \|$", page, re.M)
    assert sum(int(n) for row in counted for n in row[2:]) == len(CASES)
    for heading, link, *_ in counted:
        assert f"\n## {heading}\n" in page
        assert link == anchor(heading)


def test_a_wrong_page_of_the_casebook_is_one_line_and_status_2(tmp_path, capsys, monkeypatch):
    (tmp_path / "docs" / "law").mkdir(parents=True)
    folder = tmp_path / "tests" / "casebook"
    folder.mkdir(parents=True)
    (folder / "wrong.yaml").write_text("title: Nothing else\n", encoding="utf-8")
    monkeypatch.setattr(law_pages, "REPOSITORY", tmp_path)

    assert law_pages.main() == 2

    said = capsys.readouterr().err
    assert said.startswith("law_pages: wrong.yaml: ")
    assert said.count("\n") == 1
    assert not list((tmp_path / "docs" / "law").iterdir())


def test_says_what_a_statute_file_holds(capsys):
    path = ROOT / "src/mekhala/core/law/statutes/kh/lshtse_2008.yaml"
    assert main(["law", "check", str(path)]) == 0
    assert "OK, KH-LSHTSE-2008, 52 articles" in capsys.readouterr().out


def test_a_mistaken_statute_file_is_one_line_and_status_2(tmp_path, capsys):
    path = ROOT / "src/mekhala/core/law/statutes/kh/lshtse_2008.yaml"
    wrong = tmp_path / "wrong.yaml"
    text = path.read_text(encoding="utf-8").replace("- act.removal\n", "- act.remval\n")
    wrong.write_text(text, encoding="utf-8")

    assert main(["law", "check", str(wrong)]) == 2

    said = capsys.readouterr().err.strip()
    assert "\n" not in said
    line = 1 + text[: text.index("- act.remval\n")].count("\n")
    assert said.startswith(f"mekhala law: wrong.yaml: line {line}: article 8: definition")
    assert "did you mean 'act.removal'" in said


def test_says_how_a_page_of_the_casebook_is_judged(capsys):
    path = CASEBOOK / "driver_who_knew_nothing.yaml"
    assert main(["law", "judge", str(path)]) == 0
    said = capsys.readouterr().out
    assert "KH-LSHTSE-2008 Art. 17: Nearly fits (knowledge answered no); as the page says" in said


def test_a_page_the_rules_disagree_with_is_told_and_status_1(tmp_path, capsys):
    text = (CASEBOOK / "driver_who_knew_nothing.yaml").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text.replace("established: false", "established: true"), encoding="utf-8")

    assert main(["law", "judge", str(CASEBOOK / "go_between_of_a_sale.yaml"), str(wrong)]) == 1

    said = capsys.readouterr()
    assert "not as the page says" in said.out
    line = 1 + text[: text.index("established: false")].count("\n")
    sentence = f"wrong.yaml: line {line}: outcome: established: expected True, found False"
    assert said.err == f"mekhala law: {sentence}\n"
