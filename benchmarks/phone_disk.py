"""The app on phones, its battery pulled and its disk read (TP-D).

A browser with a profile on the disk is enrolled at the application as it is served. Fifty strings
nobody else writes are typed as answers; the browser is killed (SIGKILL to all of its processes)
while they stand on the screen and lie in a draft, and again after *Finish*; each time every file of
the profile is searched for each string, in UTF-8 and in UTF-16. Then, again and again, a form is
finished and the browser killed at a random moment of it. In the end everything is sent, and each
form is either received, whole, or still a draft: never both, never neither.

    python -m benchmarks.phone_disk --tries 200
    python -m benchmarks.phone_disk --mutants

Processes are killed, not power. A draft lies on the disk under a key the PIN opens: what a copy of
the disk gives to who knows or guesses the PIN is said in the threat model, and is not tried here.
"""

import contextlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import rows
from benchmarks.intake.phones import Served, served
from benchmarks.killed_phone import COUNT, PIN, Phone
from benchmarks.scratch import admin

PROOF, STRINGS = "TP-D", 50
SLOW = 120_000  # ms for a machine that others use
ASKED = "".join(f"| | text | q{n} | Question {n} | |\n" for n in range(STRINGS))
FORM = (
    "| survey |\n| | type | name | label | appearance |\n| | begin_group | page | Page | field-list"
    f" |\n{ASKED}| | end_group | | | |\n"
    "| settings |\n| | form_id | form_title | version |\n| | disk | Disk form | 1 |\n"
)
IN_CLEAR = """words => new Promise(done => {
  const asked = indexedDB.open("clear", 1)
  asked.onupgradeneeded = () => asked.result.createObjectStore("kept", { autoIncrement: true })
  asked.onsuccess = () => {
    const change = asked.result.transaction("kept", "readwrite", { durability: "strict" })
    for (const word of words) change.objectStore("kept").add(word)
    change.oncomplete = () => { asked.result.close(); done() }
  }
})"""


def main(argv: list[str] | None = None) -> int:
    """Search and kill on a server of its own, or show that what lies in clear is found."""
    given = rows.options(argv, says=__doc__, full=200, quick=3)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser is steered by a loop of its own
    chance = random.Random(given.seed)
    with served(officers=1) as here, phone(here) as one:
        if given.mutants:
            return rows.tell_mutant(PROOF, "answers kept in clear", red=bool(in_clear(one, chance)))
        drafting, finished = searched(one, chance)
        told = rows.tell(
            PROOF, target=f"{STRINGS} strings, 0 found while drafting and 0 after finish",
            measured=f"{drafting} found while drafting, {finished} after finish",
            passed=not drafting and not finished, seed=given.seed,
        )  # fmt: skip
        wrong, words = killed(one, given.tries, chance)
    return told | rows.tell(
        f"{PROOF}-KILL", target=f"{given.tries} kills: nothing finished lost, nothing sent twice",
        measured=words, passed=not wrong, seed=given.seed,
    )  # fmt: skip


@contextmanager
def phone(here: Served) -> Iterator[Phone]:
    """Enrol a browser of an officer at the server; remove its profile in the end."""
    from playwright.sync_api import sync_playwright

    code = _invited()
    folder = Path(tempfile.mkdtemp(prefix="mekhala-phone-"))
    with sync_playwright() as playwright:
        one = Phone(f"http://localhost:{here.port}", folder, playwright)
        try:
            page = one.start()
            page.fill("#code", code)
            page.fill("#pin", PIN)
            page.fill("#again", PIN)
            page.click("form button[type=submit]")
            forms = page.get_by_role("button", name="Forms", exact=True)
            forms.wait_for(timeout=SLOW)  # Argon2 takes long on a busy machine
            forms.click()
            page.get_by_role("button", name="Disk form").wait_for(timeout=SLOW)
            page.get_by_role("button", name="Back", exact=True).click()
            yield one
        finally:
            with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                one.kill()
            shutil.rmtree(folder, ignore_errors=True)


def _invited() -> str:
    from django.db import connection
    from django.utils import timezone

    from mekhala.forms import services
    from mekhala.safeguards.access import devices
    from mekhala.safeguards.access.acting import acting_for
    from mekhala.safeguards.access.purposes import Role
    from tests.builders import officer

    author, who, now = officer(Role.ADMINISTRATOR), officer(), timezone.now()
    with acting_for(author.pk):
        services.add_version(FORM.encode(), "disk.md", by=author, at=now)
    with acting_for(who.pk):
        _device, code = devices.invite(who, "x", at=now)
    connection.close()
    connection.close_pool()
    return code


def searched(one: Phone, chance: random.Random) -> tuple[int, int]:
    """Return how many strings lie on the disk while drafting, and after finish."""
    words = _words(chance)
    one.begin(words)
    one.kill()
    drafting = found(one.folder, words)
    page = one.open()
    page.get_by_role("button", name="Go on").click()
    _finish(page)
    page.get_by_role("heading", name="Finished").wait_for()
    page.wait_for_timeout(500)
    one.kill()
    finished = found(one.folder, words)
    one.open()
    return len(drafting), len(finished)


def in_clear(one: Phone, chance: random.Random) -> set[str]:
    """Return what is found of strings kept without the app: the search must see them."""
    words = _words(chance)
    one.page.evaluate(IN_CLEAR, words)
    one.kill()
    return found(one.folder, words)


def _words(chance: random.Random) -> list[str]:
    return [f"Sokha {chance.getrandbits(64):016x}" for _ in range(STRINGS)]


def found(folder: Path, words: list[str]) -> set[str]:
    """Return the words that lie in any file below ``folder``, in UTF-8 or UTF-16."""
    forms = {word: [word[6:].encode(), word[6:].encode("utf-16-le")] for word in words}
    there: set[str] = set()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            there |= {word for word, said in forms.items() if any(s in content for s in said)}
    return there


def _finish(page: Any) -> None:
    """Press on, page by page, until the form is gone."""
    page.locator(".mk-form").wait_for()
    until = time.monotonic() + 30
    while page.locator(".mk-form").count() and time.monotonic() < until:
        finish = page.locator(".mk-form").get_by_role("button", name="Finish", exact=True)
        on = page.locator(".mk-form .govuk-button:not(.govuk-button--secondary):visible")
        with contextlib.suppress(Exception):  # it may have gone between the two lines
            (finish if finish.count() else on.last).click(timeout=3000)
        page.wait_for_timeout(300)


def killed(one: Phone, tries: int, chance: random.Random) -> tuple[bool, str]:
    """Finish a form and kill, so many times; return whether something is wrong, and words."""
    seen, marks = set(), [f"mark{n}x{chance.getrandbits(40):010x}" for n in range(tries)]
    before = one.page.evaluate(COUNT, "drafts")
    for mark in marks:
        page = one.begin([mark])
        page.evaluate(WATCH)
        with contextlib.suppress(Exception):
            _press_and_kill(one, page, chance.uniform(0, 0.3) ** 2)  # sealing is quick
        seen |= {mark} if one.told else set()
        one.open()
    page = one.page
    page.locator("main .notes-button--big").nth(1).click()
    page.wait_for_timeout(500)
    until = time.monotonic() + 120
    while page.locator(".notes-tag--waiting").count() and time.monotonic() < until:
        if page.get_by_role("button", name="Send now").count():
            page.get_by_role("button", name="Send now").click()
        page.wait_for_timeout(500)
    return _judged(marks, seen, page.evaluate(COUNT, "drafts") - before)


WATCH = """() => new MutationObserver(() => {
  if (document.querySelector("h1")?.textContent === "Finished") document.title = "Notes."
}).observe(document.body, { childList: true, subtree: true })"""


def _press_and_kill(one: Phone, page: Any, after: float) -> None:
    """Go to the last page of the form, press *Finish*, and kill so many seconds later."""
    finish = page.locator(".mk-form").get_by_role("button", name="Finish", exact=True)
    until = time.monotonic() + 30
    while not finish.count() and time.monotonic() < until:
        page.locator(".mk-form .govuk-button:not(.govuk-button--secondary):visible").last.click()
        page.wait_for_timeout(200)
    one.told = False
    finish.evaluate("e => { setTimeout(() => e.click(), 0) }")
    until = time.monotonic() + after
    while time.monotonic() < until:
        one.told = page.title() == "Notes."
        time.sleep(0.01)
    one.kill()


def _judged(marks: list[str], seen: set[str], drafts: int) -> tuple[bool, str]:
    """Hold what was finished against what stands on the server and what is still a draft."""
    from mekhala.forms.models import Submission
    from mekhala.safeguards.access.acting import acting_for
    from mekhala.safeguards.access.models import Device

    with admin() as link:
        (states,) = link.execute(
            "select array_agg(state::text) from questionnaires_submission"
        ).fetchone()
    device = Device.objects.get(kind="browser")
    with acting_for(device.officer_id):
        texts = [submission.xml for submission in Submission.objects.all()]
    times = {mark: sum(mark in text for text in texts) for mark in marks}
    sent = sum(1 for count in times.values() if count == 1)
    twice = sum(1 for count in times.values() if count > 1)
    lost = len([mark for mark in seen if not times[mark]])
    adrift = len(marks) - sent - drafts
    wrong = bool(twice or lost or adrift or set(states) != {"received"})
    return wrong, (
        f"{len(marks)} kills: {sent} received, {drafts} still drafts, {lost} finished and lost,"
        f" {twice} twice, {adrift} neither nor; {len(seen)} were told finished before the kill"
    )


if __name__ == "__main__":
    sys.exit(main())
