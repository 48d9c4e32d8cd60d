"""A phone that is locked, turned, full, far from a network or open twice in a bad moment."""

import pytest
from django.db import transaction

from mekhala.forms.models import Submission
from mekhala.safeguards.access.acting import acting_for
from tests.builders import officer
from tests.builders_forms import form_version
from tests.forms.test_titles import titled
from tests.journeys.steps_on_a_phone import PIN, big, enrol, forms_of, invite, open_app, wait_until
from tests.journeys.test_notes_in_the_field import ALL, _answer
from tests.journeys.test_pressing_ahead_on_a_phone import HOLD, LET_GO

# While the PIN opens it: the last thing that is written before what the phone knows is read.
TURN_WHILE_IT_OPENS = """
const put = IDBObjectStore.prototype.put
IDBObjectStore.prototype.put = function (value, key) {
  const chosen = document.getElementById("language")
  if (key === "lock" && value.wrong === 0 && chosen.value !== "vi") {
    chosen.value = "vi"
    chosen.dispatchEvent(new Event("change"))
  }
  return put.apply(this, arguments)
}"""
SLOW_SPARE = """() => {
  const put = Cache.prototype.put
  const held = new Promise(done => { window.letGo = done })
  Cache.prototype.put = async function (...said) { await held; return put.apply(this, said) }
}"""
NO_ROOM = """() => {
  const put = IDBObjectStore.prototype.put
  window.isFull = true
  IDBObjectStore.prototype.put = function (...said) {
    if (window.isFull && this.name === "drafts") throw new DOMException("", "QuotaExceededError")
    return put.apply(this, said)
  }
}"""
CHANGE = """([store, key, changes]) => new Promise(done => {
  const asked = indexedDB.open("notes")
  asked.onsuccess = () => {
    const changed = asked.result.transaction(store, "readwrite")
    const rows = changed.objectStore(store)
    const put = (row) => rows.put({...row, ...changes}, ...(key ? [key] : []))
    if (key) rows.get(key).onsuccess = ({target}) => put(target.result)
    else rows.getAll().onsuccess = ({target}) => put(target.result[0])
    changed.oncomplete = () => { asked.result.close(); done() }
  }
})"""


@pytest.fixture
def owner(transactional_db, settings):
    settings.HELP_NUMBERS = [("Help line", "023 000 000")]
    with transaction.atomic():
        form_version(text=titled())
        return officer()


@pytest.fixture
def phone(page, owner):
    _device, code = invite(owner)
    enrol(page, code)
    forms_of(page, "Invented form").wait_for()
    return page


def _begin(page):
    page.get_by_role("button", name="Invented form").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("radio").first.check()


def test_locked_while_it_is_finished_it_stays_so_and_a_language_turned_as_it_opens_loses_nothing(
    phone,
):
    phone.context.set_offline(True)
    _begin(phone)
    finish = phone.get_by_role("button", name="Finish", exact=True)
    while not finish.count():
        phone.locator(".mk-form .mk-next").click()
        phone.wait_for_timeout(50)
    phone.evaluate(SLOW_SPARE)
    finish.click()
    phone.get_by_role("button", name="Lock").click()
    assert phone.locator(".mk-form").count() == 0
    phone.evaluate("window.letGo()")
    wait_until(phone, f"async () => (await ({ALL})('queue')).length === 1")
    phone.locator("#pin").wait_for()
    assert phone.get_by_role("heading", name="Finished").count() == 0

    phone.context.set_offline(False)
    phone.add_init_script(TURN_WHILE_IT_OPENS)
    phone.reload()
    open_app(phone)
    big(phone, 0)
    phone.get_by_role("button", name="Invented form").wait_for()


def test_without_room_or_network_nothing_is_lost_and_nothing_is_tried_without_end(phone, owner):
    _begin(phone)
    phone.evaluate(NO_ROOM)
    later = phone.get_by_role("button", name="Keep for later")
    later.click()
    phone.get_by_text("could not be kept").wait_for()
    assert phone.get_by_role("radio").first.is_checked()
    phone.evaluate("window.isFull = false")
    later.click()
    phone.get_by_role("heading", name="Begun").wait_for()

    phone.evaluate(HOLD)
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_role("button", name="Lock").click()
    phone.evaluate(LET_GO)
    open_app(phone)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Go on").click()
    _answer(phone)
    wait_until(phone, f"async () => (await ({ALL})('queue'))[0].code === 'no_network'")
    (row,) = phone.evaluate(ALL, "queue")
    assert row["after"] > phone.evaluate("Date.now()")

    phone.evaluate(
        CHANGE, ["queue", None, {"after": 4e12, "code": "failed"}]
    )  # the clock was years ahead
    phone.context.set_offline(False)
    wait_until(phone, f"async () => (await ({ALL})('queue'))[0].state === 'received'")
    with acting_for(owner.pk):
        assert Submission.objects.count() == 1


def test_two_pages_on_one_phone_do_not_undo_each_other(phone):
    phone.get_by_role("button", name="Invented form").click()
    phone.get_by_role("button", name="Next").wait_for()
    with transaction.atomic():
        form_version("2", text=titled().replace(b"form | 1 |", b"form | 2 |"))
    (before,) = phone.evaluate(ALL, "forms")
    other = phone.context.new_page()
    other.goto("/f/")
    open_app(other)  # fetches the new version while the old one is being filled in
    wait_until(
        other, f"async () => (await ({ALL})('forms')).some(f => f.name !== '{before['name']}')"
    )
    phone.get_by_role("button", name="Keep for later").click()
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_role("button", name="Next").wait_for()

    other.get_by_role("button", name="Forms").click()
    other.get_by_role("button", name="Back").click()
    other.get_by_role("button", name="Go on").click()
    other.get_by_role("heading", name="Open on another page").wait_for()
    phone.get_by_role("button", name="Lock").click()
    other.locator("#pin").wait_for()

    phone.evaluate(CHANGE, ["kept", "lock", {"wrong": 9}])
    phone.fill("#pin", f"not {PIN}")
    phone.get_by_role("button", name="Open").click()
    other.get_by_role("heading", name="This phone is empty").wait_for()
