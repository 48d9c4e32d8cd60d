"""A browser killed while a form is finished, again and again; what came of each form is judged.

Each try types a mark of its own, presses *Finish* and kills all processes of the browser at a
moment drawn from the time finishing takes here. The browser is opened again and its drafts are
counted: the form is then either a draft, or must be received once, whole, in the end. Chromium may
find its store damaged after a kill and throw it away, with all drafts and with the phone's name:
the phone is enrolled again, and what was finished must be received all the same. A browser
that no longer answers is started anew and the try is made again with another mark. What such a
try left behind is judged too, but it is counted as repeated and never as passed.
"""

import contextlib
import random
import statistics
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from playwright.sync_api import Error as PlaywrightError

from benchmarks.killed_phone import Phone
from benchmarks.scratch import admin

FIRST_GUESS, MOST_REPEATS = 0.1, 3  # seconds finishing takes; repeats for one try, on the whole
AHEAD = 0.3  # seconds from asking for the press to the press: the moment of the kill is then exact
TOLD, ENDS = "Notes.", "</data>"
PRESS = """(button, { told, ahead }) => {
  let pressed = 0
  new MutationObserver(() => {
    if (document.querySelector("h1")?.textContent !== "Finished") return
    document.title = told + (performance.now() - pressed)
  }).observe(document.body, { childList: true, subtree: true })
  setTimeout(() => {
    pressed = performance.now()
    button.click()
  }, ahead * 1000)
}"""
WAITING = """() => new Promise(done => {
  const asked = indexedDB.open("notes")
  asked.onsuccess = () => {
    const all = asked.result.transaction("queue").objectStore("queue").getAll()
    all.onsuccess = () => {
      asked.result.close()
      done(all.result.filter(row => row.state === "waiting").length)
    }
  }
})"""


class Try(NamedTuple):
    """One form that was being finished when the browser was killed."""

    mark: str
    told: bool  # whether "Finished" was on the screen
    drafts: int  # how many more drafts there were after it
    emptied: bool  # the browser threw its store away after this kill


@dataclass
class Found:
    """What came of all tries, in the end."""

    tries: list[Try] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)  # marks of tries the browser broke off
    anew: int = 0
    emptied: int = 0
    left_waiting: int = 0
    states: set[str] = field(default_factory=set)
    times: dict[str, int] = field(default_factory=dict)  # received, by mark
    broken: int = 0  # received, and not whole

    @property
    def wrong(self) -> dict[str, int]:
        """Return how many forms came out otherwise than they may."""
        of, whole = self.times, [one for one in self.tries if not one.emptied]
        return {
            "finished and lost": sum(one.told and not of[one.mark] for one in self.tries),
            "neither draft nor received": sum(not t.drafts and not of[t.mark] for t in whole),
            "both draft and received": sum(t.drafts == 1 and of[t.mark] > 0 for t in whole),
            "drafts too many or too few": sum(t.drafts not in (0, 1) for t in whole),
            "received twice": sum(count > 1 for count in of.values()),
            "received in part": self.broken,
            "still waiting": self.left_waiting,
            "not simply received": len(self.states - {"received"}),
        }

    @property
    def is_good(self) -> bool:
        """Whether each form came out as it must."""
        return not any(self.wrong.values())

    def in_words(self) -> str:
        """Return the figures."""
        sent = sum(self.times[one.mark] == 1 for one in self.tries)
        told = sum(one.told for one in self.tries)
        drafts = sum(one.drafts == 1 for one in self.tries)
        wrong = ", ".join(f"{count} {words}" for words, count in self.wrong.items() if count)
        return (
            f"{len(self.tries)} kills: {sent} received, {drafts} still drafts,"
            f" {told} told finished before the kill; {wrong or 'none lost or twice'};"
            f" repeated because the browser did not answer: {len(self.repeated)},"
            f" started anew {self.anew} times; thrown away its store {self.emptied} times"
        )


def killed(one: Phone, tries: int, chance: random.Random) -> Found:
    """Finish a form and kill, so many times; then send everything and judge."""
    found, took = Found(), [FIRST_GUESS]
    while len(found.tries) < tries:
        if len(found.repeated) > MOST_REPEATS * tries:
            raise SystemExit("phone_disk: the browser does not answer on this machine")
        mark = f"mark{len(found.tries)}x{chance.getrandbits(40):010x}"
        share = chance.uniform(-0.1, 1.7)
        try:
            found.tries.append(_tried(one, mark, share * statistics.median(took[-9:]), took))
        except PlaywrightError:
            found.repeated.append(mark)
            one.anew += 1
            one.open()
        _tell(found, took)
    found.left_waiting = _sent(one)
    found.anew, found.emptied = one.anew, one.emptied
    _judge(found)
    return found


def _tell(found: Found, took: list[float]) -> None:
    done = len(found.tries)
    if done % 10 == 0:
        print(
            f"{done} kills, {sum(t.drafts == 1 for t in found.tries)} drafts, {len(found.repeated)}"
            f" repeated; finishing takes {statistics.median(took[-9:]):.3f} s",
            file=sys.stderr, flush=True,
        )  # fmt: skip


def _tried(one: Phone, mark: str, after: float, took: list[float]) -> Try:
    """Finish one form and kill so many seconds after *Finish* was pressed.

    Raises ``PlaywrightError`` where the browser stops answering before that.
    """
    with one.patience():
        before = one.count("drafts")
        page = one.begin([mark])
        _last_page(page).evaluate(PRESS, {"told": TOLD, "ahead": AHEAD})
    told, emptied = _killed_after(one, AHEAD + after, took), one.emptied
    one.open()
    with one.patience():
        return Try(mark, told, one.count("drafts") - before, one.emptied > emptied)


def _last_page(page: Any) -> Any:
    """Go on to the page with *Finish*; return its button."""
    page.locator(".mk-form").get_by_role("button", name="Next", exact=True).click()
    finish = page.locator(".mk-form").get_by_role("button", name="Finish", exact=True)
    finish.wait_for()
    return finish


def _killed_after(one: Phone, seconds: float, took: list[float]) -> bool:
    """Kill after so long, whatever the page does; return whether it had said *Finished*.

    Where it said so, how long that took is noted: the next moments are drawn from it.
    """
    told, until = False, time.monotonic() + seconds
    timer = threading.Timer(seconds, one.strike)
    timer.start()
    with contextlib.suppress(PlaywrightError):  # the kill
        while time.monotonic() < until:
            if not told and (title := one.page.title()).startswith(TOLD):
                told = True
                took.append(float(title.removeprefix(TOLD)) / 1000)
            time.sleep(0.005)
    timer.join()
    one.kill()
    return told


def _sent(one: Phone, patience: float = 600) -> int:
    """Let the app send all that waits; return how many still wait after so long."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            with one.patience():
                if not (left := int(one.page.evaluate(WAITING))):
                    return 0
                one.page.evaluate("() => window.dispatchEvent(new Event('online'))")
                one.page.wait_for_timeout(1000)
        except PlaywrightError:
            one.anew += 1
            one.open()
    return left


def _judge(found: Found) -> None:
    """Note how often each mark stands on the server, and in which state."""
    from mekhala.forms.models import Submission
    from mekhala.safeguards.access.acting import acting_for
    from mekhala.safeguards.access.models import Device

    with admin() as link:
        asked = "select distinct state::text from questionnaires_submission"
        found.states = {state for (state,) in link.execute(asked)}
    device = Device.objects.filter(kind="browser").first()
    assert device is not None
    with acting_for(device.officer_id):
        texts = [submission.xml for submission in Submission.objects.all()]
    found.broken = sum(not text.rstrip().endswith(ENDS) for text in texts)
    marks = [*(one.mark for one in found.tries), *found.repeated]
    found.times = {mark: sum(mark in text for text in texts) for mark in marks}
