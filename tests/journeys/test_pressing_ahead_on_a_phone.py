"""A phone that answers slowly or in part: what was pressed last stands, what broke off comes."""

import pytest
from django.db import transaction

from tests.builders import officer
from tests.builders_forms import form_version
from tests.forms.test_titles import titled
from tests.journeys.steps_on_a_phone import (
    big,
    enrol,
    forms_of,
    go_offline,
    invite,
    wait_until,
)

# What the phone keeps is busy until it is let go: whatever reads it waits.
HOLD = """() => new Promise(done => {
  const asked = indexedDB.open("notes")
  asked.onsuccess = () => {
    const db = asked.result
    const held = db.transaction([...db.objectStoreNames], "readwrite")
    window.letGo = false
    window.answered = new Promise(after => { held.oncomplete = () => { db.close(); after() } })
    const again = () => {
      if (!window.letGo) held.objectStore("kept").get("own").onsuccess = again
    }
    again()
    done()
  }
})"""
LET_GO = """async () => {
  window.letGo = true
  await window.answered
  await new Promise(after => setTimeout(after, 500))
}"""


@pytest.fixture
def phone(page, transactional_db, settings):
    settings.HELP_NUMBERS = [("Help line", "023 000 000")]
    with transaction.atomic():
        form_version(text=titled())
        owner = officer()
    _device, code = invite(owner)
    enrol(page, code)
    forms_of(page, "Invented form")
    go_offline(page)
    page.get_by_role("button", name="Back", exact=True).click()
    return page


def test_a_slow_page_does_not_take_the_place_of_the_one_pressed_after_it(phone):
    phone.get_by_role("button", name="Forms").wait_for()
    phone.evaluate(HOLD)
    big(phone, 1)
    big(phone, 2)
    phone.get_by_role("heading", name="Who to call").wait_for()
    phone.evaluate(LET_GO)
    assert phone.locator("h1").inner_text() == "Who to call"


def test_a_form_that_opens_slowly_does_not_take_the_place_of_what_was_pressed_after_it(phone):
    big(phone, 0)
    form = phone.get_by_role("button", name="Invented form")
    form.wait_for()
    phone.evaluate(HOLD)
    form.click()
    phone.get_by_role("button", name="Practise").click()
    phone.evaluate(LET_GO)
    assert phone.locator("h1").inner_text() == "Practise"
    assert phone.locator(".mk-form").count() == 0


def test_an_app_whose_keeping_broke_off_is_kept_when_the_network_is_back(page, transactional_db):
    broken = []
    page.context.route("**/f/worker.js", lambda route: (broken.append(1), route.abort()))
    page.goto("/f/")
    page.locator("#code").wait_for()
    while not broken:
        page.wait_for_timeout(50)
    page.context.unroute("**/f/worker.js")
    wait_until(page, "navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    page.reload()
    page.locator("#code").wait_for()
