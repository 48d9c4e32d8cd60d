"""Two officers read the same pairs in the browser, one by keyboard, one without scripts."""

import pytest

from mekhala.population.linkage.runs import queries
from mekhala.safeguards.access.acting import acting_for
from tests.builders_linkage_runs import in_review, outcomes, reviewers
from tests.journeys.steps import KHMER_TOO


@pytest.fixture
def run(transactional_db):
    """Return a run in review with two registrars of two agencies named for it."""
    made = in_review(pairs=4)
    made.two = reviewers(made)
    return made


def settled(run, who):
    with acting_for(who.pk):
        return queries.progress_of(run), queries.next_pair(run).mine


def press(at, key, **more):
    with at.page.expect_navigation():
        at.page.keyboard.press(key, **more)


@pytest.mark.parametrize("language", ["en", KHMER_TOO])
def test_a_reviewer_answers_by_keyboard_alone_in_any_layout(run, sign_in, checked, language):
    first, _second = run.two
    at = checked(language)
    sign_in(first, language)
    at.go("/linkage/review/")
    at.go(f"/linkage/review/{run.pk}/")
    assert at.page.evaluate("document.activeElement.dataset.reviewHeading") == ""
    press(at, "KeyS")
    press(at, "KeyD")
    assert at.page.evaluate("document.activeElement.dataset.reviewHeading") == ""
    _in_khmer_layout(at, "KeyU", "ុ")
    assert settled(run, first)[1] == 3
    press(at, "KeyZ")
    assert settled(run, first)[1] == 2
    at.page.keyboard.press("Shift+Slash")
    assert at.page.locator("[data-review-help]").get_attribute("open") is not None
    at.page.locator("textarea").focus()
    at.page.keyboard.type("sdu")
    assert at.page.locator("textarea").input_value() == "sdu"
    at.send("form[action$='/keys/']")
    at.page.keyboard.press("KeyS")
    at.page.wait_for_timeout(300)
    assert settled(run, first)[1] == 2


def _in_khmer_layout(at, code, letter):
    """Press the key at the place of ``code`` while the layout types another letter there."""
    with at.page.expect_navigation():
        at.page.evaluate(
            """([code, key]) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
              {key, code, bubbles: true, cancelable: true}))""",
            [code, letter],
        )


def test_the_review_works_without_scripts(run, browser, live_server, sign_in, page):
    _first, second = run.two
    sign_in(second)
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    plain.add_cookies(page.context.cookies())
    shown = plain.new_page()
    shown.goto(f"/linkage/review/{run.pk}/")
    for said in ("same", "different", "cannot_tell", "same"):
        shown.locator(f"button[value={said}]").click()
    assert "No pair waits for you now" in shown.content()
    shown.locator("form[action$='/undo/'] button").click()
    assert shown.locator("button[value=same]").count() == 1
    plain.close()
    assert [state for state, _said in outcomes(run)].count("one") == 3


def test_the_page_fits_a_small_screen_and_a_wide_one(run, sign_in, page):
    sign_in(run.two[0])
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"/linkage/review/{run.pk}/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.troubles == []
