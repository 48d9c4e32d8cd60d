"""Whoever presses on before the phone has answered gets what was pressed last, and keeps it."""

import pytest
from django.db import transaction

from tests.builders import officer
from tests.builders_forms import form_version
from tests.forms.test_titles import titled
from tests.journeys.steps_on_a_phone import big, enrol, forms_of, go_offline, invite

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
