"""Leaving at once, being away, and what the Back button shows; in a real browser."""

import pytest
from django.db import transaction

from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_guard import SECRET, everything

LENGTH = "window.history.length"
BROKEN = """() => new Promise(done => {
    document.addEventListener('securitypolicyviolation', e => done(e.effectiveDirective))
    %s
    setTimeout(() => done('nothing'), 2000)
})"""


@pytest.fixture
def elsewhere(settings, public_door):
    """Let "Leave this page" lead to the calendar of the public door."""
    settings.LEAVE_TO = f"{public_door}/calendar/"
    return settings.LEAVE_TO


def test_three_times_shift_leaves_without_a_trace_in_the_history(page, sign_in, elsewhere, checked):
    sign_in(officer())
    page.goto("/today/")
    page.goto("/encounters/new/")
    checked("en").look()
    before = page.evaluate(LENGTH)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hasAttribute('data-leave-page')")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(elsewhere)
    assert page.evaluate(LENGTH) == before
    assert page.title() == "Calendar"
    page.go_back()
    assert page.url.endswith("/today/")


def test_the_public_pages_have_the_same_way_out(page, elsewhere, checked):
    page.goto(elsewhere.replace("calendar/", "certificate/"))
    checked("en").look()
    page.locator("[data-leave-page]").click()
    page.wait_for_url(elsewhere)
    checked("en").look()


def test_one_is_asked_a_minute_before_and_blanked_at_the_end(page, sign_in, checked):
    page.clock.install()
    sign_in(officer())
    page.goto("/encounters/new/")
    page.clock.fast_forward(8 * 60_000)
    dialog = page.get_by_role("alertdialog")
    assert not dialog.is_visible()
    page.clock.fast_forward(35_000)
    dialog.wait_for()
    assert page.evaluate("document.activeElement.hasAttribute('data-stay')")
    page.set_viewport_size({"width": 320, "height": 640})
    checked("en").axe()
    with page.expect_response("**/account/still-here/") as heard:
        page.keyboard.press("Enter")
    assert heard.value.status == 204
    assert not dialog.is_visible()
    page.clock.fast_forward(570_000)
    page.wait_for_url("**/sign-in/?*")
    assert "nothing was done for 10 minutes" in page.locator("main").inner_text()
    assert page.locator("main [name=next]").first.get_attribute("value") == "/encounters/new/"


def test_who_writes_is_not_signed_out(page, sign_in):
    page.clock.install()
    sign_in(officer())
    page.goto("/encounters/new/")
    for _ in range(4):
        page.clock.fast_forward(4 * 60_000)
        with page.expect_response("**/account/still-here/"):
            page.locator("[name=age]").press_sequentially("1")
    assert not page.get_by_role("alertdialog").is_visible()


def test_back_after_signing_out_shows_nothing(page, sign_in):
    sign_in(officer())
    page.goto("/cases/")
    page.goto("/today/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/?*")
    for _ in range(2):
        page.go_back()
        page.wait_for_load_state()
        assert "/sign-in/" in page.url


def test_a_name_is_gone_after_a_minute(page, sign_in, transactional_db):
    with transaction.atomic():
        full = everything()
    sign_in(full.inside[Role.AUTHORITY])
    page.clock.install()
    page.goto(f"/cases/{full.number}/")
    page.locator('form[action$="/reveal/"] button').first.click()
    shown = page.locator("[data-shown-once]")
    assert SECRET in shown.inner_text()
    page.clock.fast_forward(61_000)
    assert not shown.count()
    assert SECRET not in page.content()
    assert "was closed" in page.locator("main").inner_text()


def test_text_becomes_no_script_by_whatever_way_it_is_written(page, sign_in):
    sign_in(officer())
    page.goto("/today/")
    written = page.evaluate("""() => {
        const place = document.createElement('div')
        place.innerHTML = '<p onclick="x()">a</p><img src=x onerror="x()"><script>x()<' + '/script>'
            + '<a href=" javascript:x()">b</a><iframe srcdoc="c"></iframe>'
        return place.innerHTML
    }""")
    assert written == '<p>a</p><img src="x"><a>b</a>'
    broken = page.evaluate(
        BROKEN % "try { document.createElement('script').text = 'x()' } catch {}"
    )
    assert broken == "require-trusted-types-for"
