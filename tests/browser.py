"""A real browser for journeys, or a reason why there is none."""

import shutil
from pathlib import Path

import pytest

from tests import sessions

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "src" / "mekhala" / "web" / "assets" / "built"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser():
    """Start Chromium once for the run; skip where it or the built assets are absent."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no browser: chromium is not installed on this machine")
    if not (BUILT / "questionnaire.js").exists():
        pytest.skip("the pages' scripts are not built: run mekhala.web.assets.build first")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser, live_server):
    """Return a page of a fresh browser at the live server; ``page.troubles`` gathers errors."""
    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    opened.troubles = []
    opened.on("console", lambda m: m.type == "error" and opened.troubles.append(m.text))
    opened.on("pageerror", lambda e: opened.troubles.append(str(e)))
    yield opened
    context.close()


@pytest.fixture
def sign_in(page, live_server, client):
    """Return a function that signs an officer in by a session cookie, optionally in a language."""

    def as_officer(who, language="en"):
        from django.conf import settings

        sessions.sign_in(client, who)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [
                {"name": name, "value": client.cookies[name].value, "url": live_server.url},
                {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url},
            ]
        )
        return who

    return as_officer
