"""A phone whose browser can be killed: a profile on the disk, and the app of the field in it."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as PlaywrightError

PIN = "a quiet river 7"
FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run",
    "--remote-debugging-port=0",
]  # fmt: skip
COUNT = """store => new Promise(done => {
  const asked = indexedDB.open("notes")
  asked.onsuccess = () => {
    const all = asked.result.transaction(store).objectStore(store).getAll()
    all.onsuccess = () => { asked.result.close(); done(all.result.length) }
  }
})"""


class Phone:
    """A browser with a profile on the disk, enrolled at a server."""

    def __init__(self, address: str, folder: Path, playwright: Any) -> None:
        """Nothing is started yet."""
        self.address, self.folder, self.playwright = address, folder, playwright
        self.process: subprocess.Popen[bytes] | None = None
        self.page: Any = None
        self.told = False  # whether "Finished" was on the screen before the last kill

    def start(self) -> Any:
        """Start the browser and open the app; a browser that does not answer is started again.

        One that still runs, because a try broke off before its kill, goes first: a second one on
        the same profile would hand over to it and end.
        """
        if self.process is not None and self.process.poll() is None:
            self.kill()
        for last in (False, False, True):
            try:
                context = self._launched()
                break
            except PlaywrightError:
                self.kill()
                if last:
                    raise
        self.page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.goto(f"{self.address}/f/")
        return self.page

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
        return self.playwright.chromium.connect_over_cdp(place, timeout=60_000).contexts[0]

    def kill(self) -> None:
        """Kill all of the browser at once."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):  # it ended by itself
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def open(self) -> Any:
        """Start, and give the PIN."""
        page = self.start()
        page.fill("#pin", PIN)
        page.click("form button[type=submit]")
        page.get_by_role("button", name="Forms", exact=True).wait_for(timeout=120_000)
        return page

    def begin(self, answers: list[str]) -> Any:
        """Open the form and type; wait until a draft lies there. Return the page."""
        page = self.page
        before = page.evaluate(COUNT, "drafts")
        page.get_by_role("button", name="Forms", exact=True).click()
        page.get_by_role("button", name="Disk form").click()
        fields = page.locator(".mk-form input[type=text], .mk-form textarea")
        fields.first.wait_for()
        for place, answer in enumerate(answers):
            fields.nth(place).fill(answer)
        until = time.monotonic() + 20
        while page.evaluate(COUNT, "drafts") <= before and time.monotonic() < until:
            page.wait_for_timeout(50)
        page.wait_for_timeout(1200)  # the last change is kept within a second
        return page
