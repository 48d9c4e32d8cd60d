"""A phone whose browser can be killed: a profile on the disk, and the app of the field in it."""

import contextlib
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as PlaywrightError

PIN = "a quiet river 7"
FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run",
    "--disable-extensions", "--disable-default-apps", "--mute-audio", "--disable-breakpad",
    "--remote-debugging-port=0",
]  # fmt: skip
STARTS, PATIENCE = 6, 150.0  # how often it is started until it answers; seconds it may be silent
COUNT = """store => new Promise(done => {
  const asked = indexedDB.open("notes")
  asked.onsuccess = () => {
    const all = asked.result.transaction(store).objectStore(store).getAll()
    all.onsuccess = () => { asked.result.close(); done(all.result.length) }
  }
})"""


class Phone:
    """A browser with a profile on the disk, enrolled at a server."""

    def __init__(
        self, address: str, folder: Path, playwright: Any, invited: Callable[[], str]
    ) -> None:
        """Nothing is started yet; ``invited`` gives a code to enrol by."""
        self.address, self.folder, self.playwright = address, folder, playwright
        self.invited = invited
        self.process: subprocess.Popen[bytes] | None = None
        self.browser: Any = None
        self.page: Any = None
        self.anew = 0  # how often a browser that did not answer was started again
        self.emptied = -1  # how often it was found without its store; the first time it is new

    def open(self) -> Any:
        """Start, and give the PIN; a browser that does not answer is started anew.

        One that still runs, because a try broke off before its kill, goes first: a second one on
        the same profile would hand over to it and end. A browser that finds its store damaged
        throws it away: it is enrolled again, as its officer would, and that is counted.
        """
        return self._until_it_answers(self._opened)

    def _until_it_answers(self, act: Callable[[], Any]) -> Any:
        for _ in range(STARTS - 1):
            with contextlib.suppress(PlaywrightError), self.patience():
                return act()
            self.anew += 1
        with self.patience():
            return act()

    def _opened(self) -> Any:
        if self.process is not None and self.process.poll() is None:
            self.kill()
        self.page = page = self._launched().new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{self.address}/f/")
        page.locator("#pin").wait_for()
        if page.locator("#code").count():
            self._enrol(page)
        else:
            page.fill("#pin", PIN)
            page.click("form button[type=submit]")
        page.get_by_role("button", name="Forms", exact=True).wait_for(timeout=120_000)
        return page

    def _enrol(self, page: Any) -> None:
        """Make the browser a phone of its officer; wait until the form has come."""
        self.emptied += 1
        page.fill("#code", self.invited())
        page.fill("#pin", PIN)
        page.fill("#again", PIN)
        page.click("form button[type=submit]")
        forms = page.get_by_role("button", name="Forms", exact=True)
        forms.wait_for(timeout=120_000)  # Argon2 takes long on a busy machine
        forms.click()
        page.get_by_role("button", name="Disk form").wait_for(timeout=120_000)
        page.get_by_role("button", name="Back", exact=True).click()

    @contextmanager
    def patience(self, seconds: float = PATIENCE) -> Iterator[None]:
        """Kill the browser after so long a silence: whoever waits for it is told at once.

        A page that is asked to run something has no time limit of its own.
        """
        timer = threading.Timer(seconds, self.strike)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _launched(self) -> Any:
        port = self.folder / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        program = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
        self.process = subprocess.Popen(
            [program, *FLAGS, f"--user-data-dir={self.folder}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        until = time.monotonic() + 60
        while not (port.exists() and port.read_text().strip()):
            if time.monotonic() > until:
                raise PlaywrightError("the browser has not told its port within a minute")
            time.sleep(0.05)
        place = f"http://127.0.0.1:{port.read_text().split()[0]}"
        self.browser = self.playwright.chromium.connect_over_cdp(place, timeout=60_000)
        return self.browser.contexts[0]

    def strike(self) -> None:
        """Kill all processes of the browser at once; another thread may be waiting for it."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):  # it ended by itself
            os.killpg(self.process.pid, signal.SIGKILL)

    def kill(self) -> None:
        """Kill the browser, and let go of what steered it."""
        assert self.process is not None
        self.strike()
        self.process.wait(60)
        until = time.monotonic() + 60
        while _runs(self.process.pid) and time.monotonic() < until:
            time.sleep(0.02)  # its helpers take a moment; they still hold the profile
        if self.browser is not None:
            with contextlib.suppress(PlaywrightError):
                self.browser.close()
            self.browser = None

    def count(self, store: str) -> int:
        """Return how many rows a store of the app holds."""
        return int(self.page.evaluate(COUNT, store))

    def begin(self, answers: list[str]) -> Any:
        """Open the form and type; wait until a draft lies there. Return the page."""
        page = self.page
        before = self.count("drafts")
        page.get_by_role("button", name="Forms", exact=True).click()
        page.get_by_role("button", name="Disk form").click()
        fields = page.locator(".mk-form input[type=text], .mk-form textarea")
        fields.first.wait_for()
        for place, answer in enumerate(answers):
            fields.nth(place).fill(answer)
        until = time.monotonic() + 60
        while self.count("drafts") <= before and time.monotonic() < until:
            page.wait_for_timeout(50)
        return page


def _runs(group: int) -> bool:
    """Return whether a process of this group is left that is not only waiting to be reaped."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _parent, of = stat.read_text().rpartition(")")[2].split()[:3]
            if int(of) == group and state != "Z":
                return True
    return False
