"""The pages on the law are those the data gives, and a statute file can be checked."""

from pathlib import Path

import pytest
import yaml

from mekhala.cli import main
from mekhala.cli.law_pages import casebook_page, kept_statutes, pages

ROOT = Path(__file__).resolve().parents[2]
LAW = ROOT / "docs" / "law"
MADE = pages(ROOT / "tests" / "casebook")


@pytest.mark.parametrize("name", sorted(MADE))
def test_the_page_kept_is_the_page_made(name):
    assert (LAW / name).read_text(encoding="utf-8") == MADE[name], "run: ./run docs"


def test_no_page_is_left_from_a_text_that_is_gone():
    assert {page.name for page in LAW.glob("*.md")} == {"README.md", *MADE}


def test_a_page_tells_every_article_and_that_nothing_is_verified():
    for statute in kept_statutes():
        page = MADE[f"{statute.code.lower()}.md"]
        assert page.count("\n## Article ") == len(statute.articles)
        assert page.count("- Verified: no") == len(statute.articles)
        assert "not verified by any lawyer" in page


def test_an_article_links_the_cases_that_show_it():
    tenth = MADE["kh-lshtse-2008.md"].split("## Article 10:")[1].split("## Article 11:")[0]
    assert "(casebook.md#a-guide-who-took-workers-over-the-border-for-a-fee)" in tenth
    assert "15 to 20 years" in tenth


def test_every_case_is_told_with_its_facts_outcome_and_why():
    written = [yaml.safe_load(p.read_text()) for p in (ROOT / "tests/casebook").glob("*.yaml")]
    page = MADE["casebook.md"]
    assert page.count("\n## ") == len(written)
    for case in written:
        assert f"## {case['title']}\n" in page
        assert case["why"] in page


def test_a_case_may_say_more_than_the_cases_of_today():
    case = {
        "title": "One more",
        "article": "KH-PC-2009 Art. 253",
        "participation": "accomplice",
        "facts": [{"fact": "act.confinement", "made_out": None}],
        "outcome": {"established": None, "years": [1, 10]},
        "why": "It is invented.",
    }
    page = casebook_page({"one_more": case})
    assert "- Participation: accomplice" in page
    assert "[KH-PC-2009 Article 253](kh-pc-2009.md)" in page
    assert "established: not known; years: 1, 10" in page


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
