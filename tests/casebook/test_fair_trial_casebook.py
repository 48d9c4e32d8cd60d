"""Every invented proceeding is judged as its page says, and together they show every flag."""

from pathlib import Path

import pytest

from mekhala.core.casebook.proceedings import (
    disagreements,
    proceeding_pages,
    read_proceeding_page,
)
from mekhala.core.reasoning.fair_trial.flags import flags
from mekhala.core.reasoning.fair_trial.review import Urgency
from mekhala.core.wrong_input import WrongInput

FOLDER = Path(__file__).parent / "fair_trial"
PAGES = proceeding_pages(FOLDER)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_judges_the_proceeding_as_its_page_says(page):
    assert disagreements(page) == ()


def test_the_casebook_holds_forty_proceedings():
    assert len(PAGES) >= 40


@pytest.mark.parametrize("code", flags())
def test_each_flag_is_raised_by_one_and_nearly_raised_by_another(code):
    assert [page for page in PAGES if code in page.raised]
    assert [page for page in PAGES if code in page.nearly]


@pytest.mark.parametrize("code", flags())
def test_of_each_flag_some_page_cannot_tell_and_some_page_says_no(code):
    assert [page for page in PAGES if page.told.told[code].raised is None]
    assert [page for page in PAGES if page.told.told[code].raised is False]


def test_each_urgency_is_expected_by_some_page():
    assert {page.review for page in PAGES} == set(Urgency)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("title: A\nreview: none\nwhy: B\nraised: [no_lawer]\n", "did you mean 'no_lawyer'"),
        ("title: A\nreview: soon\nwhy: B\n", "expected one of urgent"),
        ("title: A\nreview: none\nwhy: B\nrased: []\n", "'rased' is no key"),
        ("title: A\nreview: none\nproceeding: {hearing: {lawyer: ja}}\n", "hearing: lawyer: 'ja'"),
    ],
)
def test_a_page_that_is_wrong_is_refused_with_file_and_field(tmp_path, written, words):
    (tmp_path / "page.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(WrongInput, match=words) as refused:
        read_proceeding_page(tmp_path / "page.yaml")
    assert str(refused.value).startswith("page.yaml: ")


def test_two_pages_with_one_title_are_refused(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(
            "title: A\nreview: none\nwhy: B\nproceeding: {hearing: unknown}\n", encoding="utf-8"
        )
    with pytest.raises(WrongInput, match="'A' is that of a as well"):
        proceeding_pages(tmp_path)


def test_a_page_that_the_rules_contradict_is_told_line_by_line(tmp_path):
    (tmp_path / "page.yaml").write_text(
        "title: A\nreview: none\nwhy: B\nraised: [judge_doubted]\ncannot_tell: [no_lawyer]\n"
        "nearly: {no_lawyer: {hearing: {minutes: 5}}}\nproceeding: {hearing: {lawyer: no}}\n",
        encoding="utf-8",
    )
    told = disagreements(read_proceeding_page(tmp_path / "page.yaml"))
    assert [each.partition(":")[0] for each in told] == [
        "raised",
        "cannot_tell",
        "review",
        "nearly",
    ]
