"""Every page on screening is read as it says; the whys are for people."""

from pathlib import Path

import pytest
import yaml

from mekhala.core.reasoning.profiles import Profile
from mekhala.core.reasoning.screening import ScreeningResult, screen

PAGES = sorted((Path(__file__).parent / "screening").glob("*.yaml"))


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def answer_to(page):
    told = {key: page[key] for key in ("profile", "person") if key in page}
    return screen({**told, "case": page["title"], "indicators": [s["sign"] for s in page["seen"]]})


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_reads_the_signs_as_the_page_says(path):
    page = read(path)
    answer = answer_to(page)
    rules = {name: d["rule"] for name, d in answer["dimensions"].items() if d["positive"]}
    assert rules == page["outcome"]["positive"]
    assert answer["result"] == page["outcome"]["result"]
    assert answer["left_out"] == []


def test_every_list_has_a_page_that_finds_and_one_that_just_does_not():
    found = {(p["profile"], p["outcome"]["result"] == ScreeningResult.TRAFFICKING)
             for p in map(read, PAGES)}  # fmt: skip
    assert found == {(profile, found) for profile in Profile for found in (True, False)}


def test_the_pages_show_every_line_of_the_rule():
    shown = {rule for p in map(read, PAGES) for rule in p["outcome"]["positive"].values()}
    assert shown == {"2 strong", "1 strong + 1 medium or weak", "3 medium", "2 medium + 1 weak"}
