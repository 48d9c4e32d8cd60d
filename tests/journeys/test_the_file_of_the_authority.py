"""The evidence in the browser: a statement typed in one go, a question answered, the matrix."""

from datetime import date

import pytest
from django.db import transaction

from tests.builders_file import changed_statement, much, opened, spoken
from tests.journeys.steps import ENGLISH_TOO

STEPS = ["facts/", "matrix/", "facts/new/", "facts/ask/", "sources/new/"]


@pytest.fixture
def full(transactional_db):
    """Return a file with tellings that differ and one that changed, and its officer."""
    with transaction.atomic():
        file, reader = opened({"act.recruitment": True, "means.deception": True})
        changed_statement(file, reader)
        spoken(
            file, reader, {"means.deception": False, "purpose.forced_labour": None},
            kind="document", manner="document", said_on=date(2026, 2, 1), language="km",
        )  # fmt: skip
        return file, reader


@pytest.mark.parametrize("language", [ENGLISH_TOO, "km"])
def test_every_page_of_the_evidence_can_be_read(full, checked, sign_in, language):
    file, reader = full
    sign_in(reader, language)
    at = checked(language)
    for step in STEPS:
        at.go(f"/cases/{file.case_id}/{step}")
    at.page.goto(f"/cases/{file.case_id}/matrix/")
    for closed in at.page.locator("main details").all():
        closed.evaluate("d => d.open = true")
    at.look()


def test_a_statement_is_typed_in_one_go_and_stands_in_the_matrix(full, checked, sign_in):
    file, reader = full
    sign_in(reader)
    at = checked("en")
    at.go(f"/cases/{file.case_id}/sources/new/")
    for name, value in (
        ("kind", "witness"), ("manner", "statement"), ("interpreting", "none_needed")
    ):  # fmt: skip
        at.choose(name, value)
    at.page.fill('[name="who"]', "co-worker 3")
    at.send()
    at.page.locator("summary", has_text="Means").first.click()
    at.choose("means.threat", "yes")
    at.page.fill('[name="means.threat-words"]', "He threatened us all.")
    at.send()
    at.go(f"/cases/{file.case_id}/matrix/")
    column = at.page.locator(".mekhala-matrix thead th", has_text="co-worker 3")
    assert column.count() == 1
    at.page.locator(".mekhala-matrix a", has_text="Threatened force").click()
    assert at.page.url.split("#")[1].startswith("finding-")


def test_a_question_goes_to_who_screened_and_comes_back(full, checked, sign_in):
    file, reader = full
    sign_in(reader)
    at = checked("en")
    at.go(f"/cases/{file.case_id}/matrix/")
    at.page.locator(".mekhala-matrix summary").last.click()
    at.page.locator(".mekhala-matrix a", has_text="Ask:").last.click()
    at.look()
    assert at.page.input_value('[name="code"]')
    at.page.fill('[name="question"]', "What did she have to do there?")
    at.choose("asked_of", "screened")
    at.send()
    sign_in(file.screened_by)
    at.go("/today/")
    at.page.locator("main a", has_text=file.case_id).first.click()
    at.look()
    at.choose("made_out", "not_said")
    at.page.fill('[name="because"]', "She did not want to speak of it.")
    at.send()
    sign_in(reader)
    at.go(f"/cases/{file.case_id}/facts/")
    assert at.page.locator("main", has_text="She did not want to speak of it.").count() == 1


def test_a_large_file_scrolls_in_its_region_and_keeps_heads_in_sight(
    transactional_db, checked, sign_in
):
    with transaction.atomic():
        file, reader = opened()
        much(file, reader)
    sign_in(reader)
    at = checked("en")
    at.go(f"/cases/{file.case_id}/matrix/")
    region = at.page.locator(".mekhala-matrix-region")
    region.evaluate("r => { r.scrollLeft = 2000; r.scrollTop = 200 }")
    head, element = (at.page.locator(where).first for where in (
        ".mekhala-matrix thead th", ".mekhala-matrix tbody th"
    ))  # fmt: skip
    box = region.bounding_box()
    assert abs(head.bounding_box()["y"] - box["y"]) < 3
    assert abs(element.bounding_box()["x"] - box["x"]) < 3
