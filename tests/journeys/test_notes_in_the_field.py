"""A phone's browser: enrolled by a code, used without a network, emptied when it is ended."""

import re
import time

import pytest
from django.db import transaction
from django.utils import timezone

from mekhala.forms.instruments import instrument_text
from mekhala.forms.models import Submission
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.models import Device
from tests.builders import officer
from tests.builders_forms import form_version
from tests.forms.test_titles import KHMER, titled
from tests.journeys.steps_on_a_phone import (
    PIN,
    big,
    enrol,
    forms_of,
    go_offline,
    invite,
    open_app,
    wait_until,
)

ALL = """store => new Promise(done => {
  const asked = indexedDB.open("notes")
  asked.onsuccess = () => {
    const all = asked.result.transaction(store).objectStore(store).getAll()
    all.onsuccess = () => { asked.result.close(); done(all.result) }
  }
})"""


FORM = re.compile(f"Invented form|{KHMER}")


@pytest.fixture
def owner(transactional_db, settings):
    settings.HELP_NUMBERS = [("Help line", "023 000 000")]
    with transaction.atomic():
        form_version(text=titled())
        return officer()


def _fill(page):
    """Answer the one form that is there, in any language, and finish it."""
    forms_of(page, FORM).click()
    _answer(page)


def _answer(page):
    page.locator(".mk-form").wait_for()
    for _step in range(12):
        if page.locator("h1", has_text=re.compile("Finished|បានបញ្ចប់")).count():
            return
        for kind in ("input[type=radio]", "input[type=checkbox]"):
            if page.locator(f".mk-form {kind}:visible").count():
                page.locator(f".mk-form {kind}:visible").first.check()
        page.locator(".mk-form .govuk-button:not(.govuk-button--secondary):visible").last.click()
        page.wait_for_timeout(150)
    raise AssertionError(page.locator("main").inner_text())


def _fill_here(page):
    page.get_by_role("button", name=FORM).click()
    _answer(page)


def _kept(page):
    return {name: len(page.evaluate(ALL, name)) for name in ("kept", "drafts", "forms", "queue")}


def _received(owner):
    with acting_for(owner.pk):
        return list(Submission.objects.all())


def _seconds_to_open(page):
    began = time.monotonic()
    page.reload()
    page.locator("#pin").wait_for()
    return time.monotonic() - began


def test_a_form_is_filled_without_a_network_and_sent_when_it_returns(checked, page, owner):
    seen, sizes = checked("km"), []
    page.context.new_cdp_session(page)
    page.on("requestfinished", lambda r: sizes.append(r.sizes()["responseBodySize"]))
    page.goto("/f/")
    page.select_option("#language", "km")
    seen.look()
    _device, code = invite(owner, "km")
    enrol(page, code, language="km")
    seen.look()
    big(page, 2)
    seen.look()
    page.locator("a[href='tel:023000000']").wait_for()
    page.locator("main .govuk-button--secondary").last.click()
    assert forms_of(page, FORM).inner_text() == KHMER
    assert page.locator("header a").first.evaluate("e => e === document.querySelector('a, button')")
    go_offline(page)
    at_first, pages = sum(sizes), page.evaluate("history.length")
    print(f"first load {at_first:,} bytes")
    assert at_first < 350_000
    page.troubles.clear()
    assert min(_seconds_to_open(page) for _try in range(3)) < 1  # the best: others use the machine
    page.select_option("#language", "km")
    wait_until(page, "/[ក-អ]/.test(document.querySelector('h1').textContent)")
    open_app(page)
    _fill(page)
    assert not _received(owner)
    page.locator("main .govuk-button").first.click()
    big(page, 1)
    page.locator(".notes-tag--waiting").first.wait_for()
    page.troubles.clear()  # that there is no network
    seen.look()
    page.context.set_offline(False)
    page.locator(".notes-tag--received").wait_for()
    page.troubles.clear()
    seen.look()
    (kept,) = _received(owner)
    assert kept.number in page.locator("main").inner_text()
    assert (page.title(), page.url.rpartition("/f/")[2]) == ("Notes", "")
    assert page.evaluate("history.length") == pages
    page.context.set_offline(True)
    for _press in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/f/calendar/")
    assert page.evaluate("history.length") == pages


def test_a_phone_that_was_ended_empties_itself_and_keeps_what_is_sealed(page, owner):
    device, code = invite(owner)
    enrol(page, code)
    forms_of(page, FORM)
    go_offline(page)
    _fill_here(page)
    with acting_for(owner.pk):
        Device.objects.filter(pk=device.pk).update(revoked_at=timezone.now())
    page.context.set_offline(False)
    page.get_by_role("heading", name="This phone is empty").wait_for()
    assert "not yet sent: 1" in page.locator("main").inner_text()
    assert _kept(page) == {"kept": 0, "drafts": 0, "forms": 0, "queue": 1}
    assert not _received(owner)
    _device, again = invite(owner)
    enrol(page, again)
    big(page, 1)
    page.locator(".notes-tag--received").wait_for()
    assert len(_received(owner)) == 1


def test_a_form_whose_part_of_the_app_did_not_come_says_so_and_opens_when_it_does(page, owner):
    page.context.route("**/f/worker.js", lambda route: route.abort())  # it would hide the network
    page.context.route("**/f/app/form-*", lambda route: route.abort())
    _device, code = invite(owner)
    enrol(page, code)
    forms_of(page, FORM).click()
    page.get_by_role("heading", name="This does not open").wait_for()
    assert "What was begun is kept" in page.locator("main").inner_text()
    page.context.unroute("**/f/app/form-*")
    page.get_by_role("button", name="Try again").click()
    _answer(page)
    page.troubles.clear()  # what was withheld
    page.locator("main .govuk-button").first.click()
    big(page, 1)
    page.locator(".notes-tag--received").wait_for()
    assert len(_received(owner)) == 1


def test_whom_to_call_is_shown_before_any_form_is_here(page, owner):
    page.context.route("**/f/worker.js", lambda route: route.abort())  # it would hide the network
    page.context.route("**/f/forms/*.xml", lambda _route: None)  # never answered
    _device, code = invite(owner)
    enrol(page, code)
    big(page, 2)
    page.locator("a[href='tel:023000000']").wait_for()
    page.troubles.clear()  # what was withheld


def test_what_is_filled_to_learn_is_marked_and_never_enters_the_register(checked, page, owner):
    seen = checked("en")
    _device, code = invite(owner)
    enrol(page, code)
    big(page, 0)
    page.get_by_role("button", name="Practise").click()
    seen.look()
    page.get_by_role("button", name=FORM).click()
    page.locator(".notes-practice").wait_for()
    _answer(page)
    assert not page.get_by_role("button", name="same person").count()
    page.locator("main .govuk-button").first.click()
    big(page, 1)
    page.locator(".notes-tag--received").wait_for()
    (kept,) = _received(owner)
    assert kept.is_practice


EIGHT_MORE = """() => new Promise(done => {
  const asked = indexedDB.open("notes")
  asked.onsuccess = () => {
    const kept = asked.result.transaction("kept", "readwrite").objectStore("kept")
    kept.get("lock").onsuccess = ({ target: { result } }) => {
      kept.put({ ...result, wrong: result.wrong + 8 }, "lock").onsuccess = () => done()
    }
  }
})"""


def test_what_is_typed_stays_when_the_language_is_turned_and_no_pin_is_no_try(page, owner):
    page.goto("/f/")
    page.fill("#code", "ABCD")
    page.select_option("#language", "km")
    wait_until(page, "/[ក-អ]/.test(document.querySelector('label[for=code]').textContent)")
    assert page.input_value("#code") == "ABCD"
    _device, code = invite(owner)
    enrol(page, code)
    page.get_by_role("button", name="Lock").click()
    page.fill("#pin", PIN)
    page.select_option("#language", "km")
    wait_until(page, "/[ក-អ]/.test(document.querySelector('label[for=pin]').textContent)")
    assert page.input_value("#pin") == PIN
    page.fill("#pin", "")
    page.click("form button[type=submit]")
    page.locator("#pin-error").wait_for()
    (lock,) = [kept for kept in page.evaluate(ALL, "kept") if "wrong" in kept]
    assert lock["wrong"] == 0
    open_app(page)


WITHOUT_STORE = """() => new Promise(done => {
  const asked = indexedDB.deleteDatabase("notes")
  asked.onsuccess = () => done()
})"""


def test_what_is_finished_outlives_a_browser_that_throws_its_store_away(page, owner):
    _device, code = invite(owner)
    enrol(page, code)
    forms_of(page, FORM)
    go_offline(page)
    _fill_here(page)
    page.goto("/f/calendar/")  # the app is closed: nothing holds the store
    page.evaluate(WITHOUT_STORE)
    page.goto("/f/")
    page.get_by_text("not yet sent: 1").wait_for()
    page.context.set_offline(False)
    _device, again = invite(owner)
    enrol(page, again)
    big(page, 1)
    page.locator(".notes-tag--received").wait_for()
    assert len(_received(owner)) == 1
    page.reload()
    page.locator("#pin").wait_for()
    assert page.evaluate("caches.open('sealed').then(c => c.keys()).then(k => k.length)") == 0


TAPS = """() => {
  window.taps = 0
  document.addEventListener("click", event => { window.taps += event.isTrusted }, true)
}"""


def _answer_the_card(page):
    """Choose once in each question of the one screen, read it through, finish."""
    form = page.locator(".mk-form")
    form.locator("input[type=radio]").first.wait_for()
    groups = "all => [...new Set(all.map(one => one.name))]"
    for name in form.locator("input[type=radio]").evaluate_all(groups):
        form.locator(f"input[name='{name}']").first.check()
    form.get_by_role("button", name="Next", exact=True).click()
    form.get_by_role("button", name="Finish", exact=True).click()
    page.get_by_role("heading", name="Finished").wait_for()


def test_a_network_that_goes_away_in_the_middle_leaves_the_card_which_takes_few_taps(page, owner):
    with transaction.atomic():
        first = form_version(text=instrument_text("card").encode())
    kept = f"/{first.pk}.xml"
    page.context.route(
        re.compile(r"/f/forms/\d+\.xml"),
        lambda route: route.continue_() if route.request.url.endswith(kept) else route.abort(),
    )
    _device, code = invite(owner)
    enrol(page, code)
    card = page.get_by_role("button", name="Card", exact=True)
    card.wait_for()
    page.troubles.clear()  # what was withheld
    page.set_viewport_size({"width": 320, "height": 640})
    assert card.bounding_box()["height"] >= 64
    assert card.bounding_box()["width"] > 250
    page.evaluate(TAPS)
    card.click()
    _answer_the_card(page)
    taps = page.evaluate("window.taps")
    print(f"the Card: {taps} taps from the first page to Finished")
    assert 10 < taps <= 25
    page.get_by_role("button", name="Done", exact=True).click()
    big(page, 1)
    page.locator(".notes-tag--received").wait_for()
    assert len(_received(owner)) == 1


SILENT = """hours => new Promise(done => {
  const asked = indexedDB.open("notes")
  asked.onsuccess = () => {
    const change = asked.result.transaction("kept", "readwrite")
    const kept = change.objectStore("kept")
    kept.get("clock").onsuccess = ({ target: { result } }) => {
      kept.put({ ...result, met: Date.now() - hours * 3600000 }, "clock")
    }
    change.oncomplete = () => { asked.result.close(); done() }
  }
})"""


def test_after_long_silence_only_the_server_opens_it_and_after_twice_as_long_it_is_empty(
    page, owner
):
    _device, code = invite(owner)
    enrol(page, code)
    forms_of(page, FORM)
    go_offline(page)
    _fill_here(page)
    page.evaluate(SILENT, 73)
    page.reload()
    page.fill("#pin", PIN)
    page.click("form button[type=submit]")
    page.get_by_role("heading", name="Locked").wait_for()
    page.evaluate(SILENT, 145)
    page.reload()
    page.get_by_role("heading", name="This phone is empty").wait_for()
    assert _kept(page) == {"kept": 0, "drafts": 0, "forms": 0, "queue": 1}
    page.troubles.clear()  # that there was no network


def test_ten_wrong_pins_empty_the_phone(page, owner):
    _device, code = invite(owner)
    enrol(page, code)
    page.get_by_role("button", name="Lock").click()
    page.fill("#pin", "wrong one")
    page.click("form button[type=submit]")
    page.get_by_text("empties itself: 9.").wait_for()
    page.evaluate(EIGHT_MORE)
    page.fill("#pin", "wrong one")
    page.click("form button[type=submit]")
    page.get_by_role("heading", name="This phone is empty").wait_for()
    assert _kept(page)["kept"] == 0


OLDER = """() => new Promise((done, failed) => {
  const asked = indexedDB.open("notes", 1)
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("kept")
    asked.result.createObjectStore("drafts", { keyPath: "id" })
    asked.result.createObjectStore("queue", { keyPath: "place", autoIncrement: true })
  }
  asked.onsuccess = () => {
    const change = asked.result.transaction("queue", "readwrite")
    for (const envelope of ["a", "b"]) {
      const body = new Uint8Array([1, 2, 3])
      const rest = { state: "waiting", at: 1, after: 0, tries: 0 }
      change.objectStore("queue").add({ envelope, version: 1, body, ...rest })
    }
    change.oncomplete = () => { asked.result.close(); done() }
    change.onabort = failed
  }
})"""


def test_an_update_of_the_app_carries_an_older_queue_along(page, owner):
    page.goto("/f/calendar/")
    page.evaluate(OLDER)
    page.goto("/f/")
    page.get_by_text("not yet sent: 2").wait_for()
    rows = page.evaluate(ALL, "queue")
    assert [(row["envelope"], row["thread"], list(row["body"])) for row in rows] == [
        ("a", "a", [1, 2, 3]), ("b", "b", [1, 2, 3]),
    ]  # fmt: skip


ADD = """rows => new Promise(done => {
  const asked = indexedDB.open("notes")
  asked.onsuccess = () => {
    const change = asked.result.transaction("queue", "readwrite")
    for (const [envelope, thread] of rows) {
      const body = new Uint8Array([1])
      const rest = { state: "waiting", at: 1, after: 0, tries: 0, code: "" }
      change.objectStore("queue").add({ envelope, thread, version: 1, body, ...rest })
    }
    change.oncomplete = () => { asked.result.close(); done() }
  }
})"""
ANSWERS = {
    "a": (500, {}), "c": (413, {}), "d": (409, {"state": "held", "receipt": "EN-1"}),
    "e": (201, {"state": "received", "receipt": "SB-1"}), "f": (500, {}),
}  # fmt: skip


def test_what_waits_about_one_person_holds_back_what_came_later(page, owner):
    page.context.route("**/f/worker.js", lambda route: route.abort())  # it would hide the network
    _device, code = invite(owner)
    enrol(page, code)
    sent = []

    def answer(route):
        envelope = route.request.headers["envelope"]
        sent.append(envelope)
        status, said = ANSWERS[envelope]
        route.fulfill(status=status, json=said, headers={"X-OpenRosa-Version": "1.0"})

    page.context.route("**/f/sealed", answer)
    page.evaluate(ADD, [["a", "1"], ["b", "1"], ["c", "2"], ["d", "3"], ["e", "3"], ["f", "4"]])
    big(page, 1)
    page.get_by_role("button", name="Send now").click()
    page.get_by_text("Still waiting: 3.").wait_for()
    assert sent == ["a", "c", "d", "e", "f"]  # b waits for a; d is held there, so e may go
    states = {row["envelope"]: row["state"] for row in page.evaluate(ALL, "queue")}
    assert states == {
        "a": "waiting", "b": "waiting", "c": "refused", "d": "held", "e": "received",
        "f": "waiting",
    }  # fmt: skip
    words = page.locator("main").inner_text()
    assert "more than 11 MB" in words
    assert "Receipt EN-1" in words
    bodies = {row["envelope"]: row["body"] for row in page.evaluate(ALL, "queue")}
    assert (bodies["c"], bodies["d"], bodies["e"]) == ([1], None, None)
