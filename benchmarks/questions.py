"""``./run bench questions``: how quickly a form of 250 questions opens on a slow phone.

Chromium, 320 px wide, its processor slowed four times; a form of choices, numbers, days and texts,
every fifth question depending on the one before. Told are: milliseconds until the form is on the
screen, a question a page and whole; the slowest of ten letters typed; the slowest of eight steps
to the next question; and what engine and pages weigh compressed.
"""

import gzip
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, Route, sync_playwright

from mekhala.web.assets.build import bundle
from mekhala.web.script_words import words_of

ROOT = Path(__file__).resolve().parents[1]
ASSETS = ROOT / "src" / "mekhala" / "web" / "assets"
QUESTIONS = 250
SLOWER = 4
ADDRESS = "http://localhost:9/"
PAGE = """<!doctype html><html lang="en"><head><title>Notes</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/app.css"></head><body class="govuk-template__body">
<main id="host"></main><script type="module" src="/page.js"></script></body></html>"""
KINDS = {".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm"}
OPEN = """async ([xform, words, view]) => {
  const began = performance.now(), host = document.getElementById("host")
  await openForm(host, { xform, media: async () => null, language: "en", words, draft: null, view })
  await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)))
  return performance.now() - began
}"""
TYPE = """() => Math.max(...Array.from({ length: 10 }, (_, n) => {
  const began = performance.now(), field = document.querySelector("[data-name=q2] input")
  field.value = "a".repeat(n + 1)
  field.dispatchEvent(new Event("input", { bubbles: true }))
  document.body.offsetHeight
  return performance.now() - began
}))"""
STEP = """() => Math.max(...Array.from({ length: 8 }, () => {
  const began = performance.now()
  document.querySelector(".mk-next").click()
  document.body.offsetHeight
  return performance.now() - began
}))"""


def form() -> str:
    """Return an XForm of 250 questions: choices, numbers, texts and days in turn."""
    kinds = ("string", "int", "string", "date", "string")
    binds, body, data = [], [], []
    for n in range(QUESTIONS):
        when = f" relevant=\"/data/q{n - 1} != 'x'\"" if n % 5 == 4 else ""
        fits = ' constraint=". &lt; 100"' if n % 5 == 1 else ""
        binds.append(f'<bind nodeset="/data/q{n}" type="{kinds[n % 5]}"{when}{fits}/>')
        data.append(f"<q{n}/>")
        label = f"<label>Question {n} about something</label>"
        items = "".join(
            f"<item><label>{word}</label><value>{word}</value></item>"
            for word in ("yes", "no", "unknown")
        )
        one = f'<select1 ref="/data/q{n}">{label}{items}</select1>'
        other = f'<input ref="/data/q{n}">{label}<hint>A hint</hint></input>'
        body.append(one if n % 5 in (0, 4) else other)
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
        'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Form</h:title><model><instance>'
        f'<data id="many">{"".join(data)}<meta><instanceID/></meta></data></instance>'
        f"{''.join(binds)}"
        '<bind nodeset="/data/meta/instanceID" jr:preload="uid"/></model></h:head>'
        f"<h:body>{''.join(body)}</h:body></h:html>"
    )


def bundled(folder: Path) -> dict[str, bytes]:
    """Return the files of engine and pages by name, built as the application's are."""
    entry = folder / "page.js"
    source = ASSETS / "src" / "field" / "form.js"
    entry.write_text(f'import {{ openForm }} from "{source}"\nwindow.openForm = openForm\n')
    bundle(ROOT / "node_modules", [entry], folder / "built")
    return {f.name: f.read_bytes() for f in (folder / "built").iterdir()}


def opened(page: Page, files: dict[str, bytes], view: str) -> float:
    """Open the form in ``view`` on a slowed page; return the milliseconds it took."""

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS)
        if name in files:
            route.fulfill(body=files[name], content_type=KINDS.get(Path(name).suffix, "text/plain"))
        else:
            route.fulfill(body=PAGE, content_type="text/html")

    page.route("**/*", answer)
    page.goto(ADDRESS)
    page.wait_for_function("() => window.openForm")
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return float(page.evaluate(OPEN, [form(), words_of("form", "en"), view]))


def main(_words: list[str]) -> int:
    """Measure and tell; 1 where there is no browser or nothing is built."""
    browser, styles = shutil.which("chromium"), ASSETS / "built" / "app.css"
    if browser is None or not styles.exists():
        print("questions: needs Chromium and the built assets: ./run test makes them")
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        files = bundled(Path(folder))
        weighs = sum(
            len(gzip.compress(c)) for n, c in files.items() if n.endswith((".js", ".wasm"))
        )
        started = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        files["app.css"] = styles.read_bytes()
        for view, act, named in (
            ("steps", STEP, "slowest step"),
            ("whole", TYPE, "slowest letter"),
        ):
            page = started.new_page(viewport={"width": 320, "height": 720})
            took, slowest = opened(page, files, view), page.evaluate(act)
            print(f"{view}: open {took:.0f} ms, {named} {slowest:.0f} ms")
            page.close()
        started.close()
    print(f"engine and pages, compressed: {weighs / 1000:.0f} kB")
    return 0
