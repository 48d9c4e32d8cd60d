"""A statistician asks for a run, reads its panel, has it repeated and signs, in the browser."""

import pytest

from mekhala.jobs.waiting_estimates import work_out_waiting
from mekhala.population.estimates.models import EstimateRun
from mekhala.safeguards.access.acting import acting_for
from tests.builders_population import overlap_table, statistician
from tests.journeys.steps import KHMER_TOO

ROWS = [
    [1, 0, 0, 600], [0, 1, 0, 800], [0, 0, 1, 700], [1, 1, 0, 200], [1, 0, 1, 180],
    [0, 1, 1, 250], [1, 1, 1, 70],
]  # fmt: skip


@pytest.fixture
def reader(transactional_db):
    """Return a statistician; lists have been joined."""
    with acting_for(None):
        overlap_table(ROWS)
        return statistician()


@pytest.mark.parametrize("language", ["en", KHMER_TOO])
def test_a_run_is_asked_for_read_repeated_signed_and_taken_along(
    reader, sign_in, checked, language
):
    at = checked(language)
    sign_in(reader, language)
    at.go("/estimates/")
    at.go("/estimates/new/")
    at.choose("method", "all" if language == "en" else "bic")
    at.page.fill("[name=bootstrap]", "50")
    at.send()
    work_out_waiting.func()
    run = EstimateRun.objects.get()
    at.go(f"/estimates/{run.pk}/")
    assert at.page.locator("main svg[role=img]").count() == 2
    at.send("form[action$='/repeat/']")
    work_out_waiting.func()
    at.go(f"/estimates/{run.pk}/")
    at.send("form[action$='/sign/']")
    assert run.signatures.count() == 1
    with at.page.expect_download() as taken:
        at.page.locator("a[href$='report.html']").click()
    assert taken.value.suggested_filename == f"estimates-R-{run.pk}.html"
    at.go("/estimates/")
