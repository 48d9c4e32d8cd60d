"""The app on phones, its battery pulled and its disk read (TP-D).

A browser with a profile on the disk is enrolled at the application as it is served. Fifty strings
nobody else writes are typed as answers; the browser is killed (SIGKILL to all of its processes)
while they stand on the screen and lie in a draft, and again after *Finish*; each time every file of
the profile is searched for each string, in UTF-8 and in UTF-16. Then, again and again, a form is
finished and the browser killed at a random moment of it (``benchmarks.killed_finishing``).

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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import killed_finishing, rows
from benchmarks.intake.phones import Served, served
from benchmarks.killed_phone import Phone

PROOF, STRINGS = "TP-D", 50
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
        found = killed_finishing.killed(one, given.tries, chance)
    return told | rows.tell(
        f"{PROOF}-KILL", target=f"{given.tries} kills: nothing finished lost, nothing sent twice",
        measured=found.in_words(), passed=found.is_good, seed=given.seed,
    )  # fmt: skip


@contextmanager
def phone(here: Served) -> Iterator[Phone]:
    """Enrol a browser of an officer at the server; remove its profile in the end."""
    from playwright.sync_api import sync_playwright

    invited = _officer_who_invites()
    folder = Path(tempfile.mkdtemp(prefix="mekhala-phone-"))
    with sync_playwright() as playwright:
        one = Phone(f"http://localhost:{here.port}", folder, playwright, invited)
        try:
            one.open()
            yield one
        finally:
            with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                one.kill()
            shutil.rmtree(folder, ignore_errors=True)


def _officer_who_invites() -> Callable[[], str]:
    """Add the form, and return what gives the next code of one officer."""
    from django.db import connection
    from django.utils import timezone

    from mekhala.forms import services
    from mekhala.safeguards.access import devices
    from mekhala.safeguards.access.acting import acting_for
    from mekhala.safeguards.access.purposes import Role
    from tests.builders import officer

    author, who = officer(Role.ADMINISTRATOR), officer()
    with acting_for(author.pk):
        services.add_version(FORM.encode(), "disk.md", by=author, at=timezone.now())

    def invited() -> str:
        with acting_for(who.pk):
            who.devices.update(revoked_at=timezone.now())  # a phone lost its store: it is ended
            _device, code = devices.invite(who, "x", at=timezone.now())
        connection.close()
        connection.close_pool()
        return code

    return invited


def searched(one: Phone, chance: random.Random) -> tuple[int, int]:
    """Return how many strings lie on the disk while drafting, and after finish."""
    words = _words(chance)
    page = one.begin(words)
    page.wait_for_timeout(1200)  # the last change is kept within a second
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


if __name__ == "__main__":
    sys.exit(main())
