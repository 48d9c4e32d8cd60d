"""Steps in the browser app of a phone: enrolling, opening, losing the network."""

import re
import time

from django.utils import timezone

from mekhala.safeguards.access import devices
from mekhala.safeguards.access.acting import acting_for

PIN = "quiet river 7"
HELD = "async () => (await (await caches.open((await caches.keys())[0])).keys()).length"


def invite(owner, language="en"):
    """Return an officer's new browser and the code it is enrolled by."""
    with acting_for(owner.pk):
        return devices.invite(owner, "a browser", at=timezone.now(), language=language)


def enrol(page, code, pin=PIN, language="en"):
    """Enrol the browser that is open."""
    page.goto("/f/")
    page.select_option("#language", language)
    page.fill("#code", code)
    page.fill("#pin", pin)
    page.fill("#again", pin)
    page.click("form button[type=submit]")
    forms = page.get_by_role("button", name=re.compile("Forms|ទម្រង់"))
    forms.wait_for(timeout=60_000)  # Argon2 takes long on a busy machine


def open_app(page, pin=PIN):
    """Open the app with its PIN."""
    page.fill("#pin", pin)
    page.click("form button[type=submit]")
    first = page.locator("main .notes-button--big").first
    first.wait_for(timeout=60_000)  # Argon2 takes long on a busy machine


def wait_until(page, says, seconds=60):
    """Wait until a page says yes; it is asked from outside, for its policy allows no ``eval``."""
    until = time.monotonic() + seconds
    while not page.evaluate(says):
        assert time.monotonic() < until, says
        page.wait_for_timeout(50)


def go_offline(page):
    """Wait until the worker holds the app and answers for this page, then cut the network.

    A worker is *ready* before it has claimed the page that was open when it came.
    """
    wait_until(page, "navigator.serviceWorker.controller !== null")
    until = time.monotonic() + 10
    while page.evaluate(HELD) < 10 and time.monotonic() < until:
        page.wait_for_timeout(50)
    page.context.set_offline(True)


def big(page, number):
    """Press the big button of this number: Forms, Queue, Who to call. The Card stands before."""
    page.locator("main .govuk-button--secondary.notes-button--big").nth(number).click()


def forms_of(page, title):
    """Press *Forms* and return the button of a form, once the phone holds it.

    By its title: on every page of the app some other button is the first.
    """
    big(page, 0)
    form = page.get_by_role("button", name=title)
    form.wait_for(timeout=60_000)
    return form
