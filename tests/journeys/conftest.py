"""What a journey needs: an invented country, its officers, the public door, a checked page."""

import base64
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def pytest_runtest_setup(item):
    """Leave out what ``--every-language`` asks for where it is not given."""
    wanted = item.config.getoption("--every-language") or item.config.getoption("--picture")
    if item.get_closest_marker("every_language") and not wanted:
        pytest.skip("another journey speaks this language; --every-language runs this one too")


@pytest.fixture
def country(transactional_db, settings):
    """Return the cast of a small invented country, which has a past."""
    from django.utils import timezone

    from mekhala.config import roles
    from mekhala.sample.cast import Cast
    from mekhala.sample.loading import load

    roles.become(roles.OWNER)
    try:
        load(600, 3, now=timezone.now())
    finally:
        roles.become(roles.APP)
    return Cast()


@pytest.fixture
def public_door(transactional_db):
    """Return the address of the public site: its own process, its own database role."""
    from django.db import connection

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    name = connection.settings_dict["NAME"]
    started = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "tests.journeys.public_door:application",
         "--bind", f"127.0.0.1:{port}", "--threads", "2", "--no-control-socket",
         "--log-level", "error"],
        env=os.environ | {
            "DJANGO_SETTINGS_MODULE": "mekhala.config.settings.public",
            "MEKHALA_PUBLIC_URL": f"http://localhost:{port}",
            "MEKHALA_TEST_DATABASE": name, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        },
        cwd=ROOT,
    )  # fmt: skip
    address = f"http://localhost:{port}"
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=2)
            break
        except OSError:
            time.sleep(0.1)
    yield address
    started.terminate()
    started.wait(10)


class Checked:
    """A browser page whose every visited page is looked at by axe and for sideways scroll."""

    def __init__(self, page, language):
        """Remember the page and the language its words should be in."""
        self.page, self.language, self.seen = page, language, []

    def look(self):
        """Check the page that is open now; call it after every step."""
        page = self.page
        page.wait_for_load_state()
        self.seen.append(page.url)
        assert page.locator("html").get_attribute("lang") == self.language
        if self.language == "km":
            page.evaluate("document.fonts.ready")
            ours = "f => f.family.includes('Khmer') && f.status == 'loaded'"
            found = page.evaluate(f"[...document.fonts].some({ours})")
            assert found, f"Khmer letters come from no font of ours: {page.url}"
        page.set_viewport_size({"width": 320, "height": 720})
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wider) <= 0, f"scrolls sideways at 320 px: {page.url}"
        page.set_viewport_size({"width": 1280, "height": 900})
        self.axe()
        assert not page.troubles, (page.url, page.troubles)

    def axe(self, leave_out=()):
        """Let axe-core look; nothing may be found."""
        if not AXE.exists():
            pytest.skip("axe-core is not installed: run mekhala.web.assets.build first")
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "leaveOut => axe.run({exclude: leaveOut}, {resultTypes: ['violations']})"
            ".then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160))]))",
            [[place] for place in leave_out],
        )
        assert not found, (self.page.url, found)

    def go(self, address):
        """Open an address and look."""
        answer = self.page.goto(address)
        assert answer.status == 200, (address, answer.status)
        self.look()

    def choose(self, name, value):
        """Choose a radio or a checkbox by its name and value."""
        self.page.check(f'main [name="{name}"][value="{value}"]')

    def send(self, form="main form >> nth=-1"):
        """Send a form of the page and look at what comes."""
        self.page.locator(f"{form} >> button >> nth=-1").click()
        self.look()


@pytest.fixture
def checked(page):
    """Return a function that gives a checked page in a language."""
    return lambda language: Checked(page, language)


@pytest.fixture
def picture(page, request):
    """Return a function that renews a picture of the guides if ``--picture`` is given.

    English at 1280 px, Khmer at 320 px, from the first heading (or ``where``) downwards.
    """
    if not request.config.getoption("--picture"):
        return lambda *_, **__: None

    def take(address, name, where="main h1", height=1100):
        page.goto(address)
        language = page.locator("html").get_attribute("lang")
        width, height = (1280, height) if language == "en" else (320, 2 * height)
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("document.fonts.ready")
        top = max(page.locator(where).first.bounding_box()["y"] - 8, 0)
        whole = page.evaluate("document.documentElement.scrollHeight")
        clip = {"x": 0, "y": top, "width": width, "height": min(height, whole - top), "scale": 1}
        taken = page.context.new_cdp_session(page).send(  # small: Playwright itself writes no WebP
            "Page.captureScreenshot",
            {"format": "webp", "quality": 75, "clip": clip, "captureBeyondViewport": True},
        )
        path = ROOT / "docs" / "images" / f"{name}-{language}.webp"
        path.write_bytes(base64.b64decode(taken["data"]))

    return take
