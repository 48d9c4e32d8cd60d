"""Every kind of question on a phone 320 px wide, in Chromium, under the policy of our pages.

The page is made here, as the renderer knows no server: what opens it hands it the form.
"""

import gzip
import json
import re
from pathlib import Path

import pytest

from mekhala.forms.convert import to_xform
from mekhala.web.assets.build import BuildFailed, bundle
from mekhala.web.script_words import LANGUAGES, words_of
from tests.builders_forms import picture
from tests.builders_kinds import every_kind
from tests.builders_media import wave

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "src" / "mekhala" / "web" / "assets"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LARGEST = 270_000  # bytes of engine and pages together, compressed
ADDRESS = "http://localhost:9/"
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data: blob:; media-src blob:; connect-src 'self'"
)
TYPED = {
    "met": "9 3 2026", "month": "3 2026", "year": "2026", "hour": "10 30",
    "moment": "9 3 2026 10 30", "age": "10", "child_age": "10", "weight": "10", "far": "10",
}  # fmt: skip
KIND = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}
PAGE = """<!doctype html><html lang="LANGUAGE"><head><title>Notes</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/app.css"></head>
<body class="govuk-template__body js-enabled govuk-frontend-supported">
<div class="govuk-width-container"><main id="host" class="govuk-main-wrapper"></main></div>
<script type="module" src="/page.js"></script></body></html>"""
OPEN = """async ([xform, files, words, language, view]) => {
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
  const media = async (name) => (name in files ? new Blob([bytes(files[name])]) : null)
  window.handed = {}
  const began = performance.now()
  window.form = await window.openForm(document.getElementById("host"), {
    xform, media, language, words: (code) => words[code], draft: null, view,
    onFinish: async ({ xml, files }) => { window.handed = { xml, files: files.length } },
  })
  return performance.now() - began
}"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Whatever a thumb must hit: boxes count with the words that belong to them.
SMALL = """() => [...document.getElementById("host")
    .querySelectorAll("button, input, select, textarea, summary")]
  .map((e) => ["radio", "checkbox"].includes(e.type) ? e.parentElement : e)
  .filter((e) => e.checkVisibility())
  .map((e) => [e.outerHTML.slice(0, 120), e.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.5 || box.width < 43.5).map(([html]) => html)"""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Return the bundle's files by name, built as the application's are."""
    out = tmp_path_factory.mktemp("bundle")
    entry = out / "page.js"
    entry.write_text(
        f'import {{ openForm }} from "{ASSETS}/src/field/form.js"\nwindow.openForm = openForm\n'
    )
    built = out / "built"
    try:
        bundle(ROOT / "node_modules", [entry], built)
    except (BuildFailed, OSError) as failure:
        pytest.skip(f"the pages' packages are not installed: {failure}")
    made = {file.name: file.read_bytes() for file in built.iterdir()}
    made["app.css"] = (ASSETS / "built" / "app.css").read_bytes()
    made |= {f"fonts/{f.name}": f.read_bytes() for f in (ASSETS / "built" / "fonts").iterdir()}
    return made


@pytest.fixture
def phone(browser, files):
    """Return a function that opens a form on a phone: (page, milliseconds it took)."""
    context = browser.new_context(viewport={"width": 320, "height": 720}, bypass_csp=False)

    def answer(route):
        name = route.request.url.removeprefix(ADDRESS)
        if name in files:
            route.fulfill(body=files[name], content_type=KIND.get(Path(name).suffix, "text/plain"))
        elif re.fullmatch("km|en", name):
            html = PAGE.replace("LANGUAGE", name)
            route.fulfill(body=html, content_type="text/html; charset=utf-8",
                          headers={"Content-Security-Policy": POLICY})  # fmt: skip
        else:
            route.abort()

    def opened(xform, language, view="steps", media=None):
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.troubles = []
        page.on("console", lambda m: m.type == "error" and page.troubles.append(m.text))
        page.on("pageerror", lambda e: page.troubles.append(str(e)))
        page.route("**/*", answer)
        page.goto(ADDRESS + language)
        page.wait_for_function("() => window.openForm")
        words = {code: words_of("form", code) for code in LANGUAGES}
        took = page.evaluate(OPEN, [xform, media or {}, words, language, view])
        return page, took

    yield opened
    context.close()


def _media():
    from base64 import b64encode

    lists = {
        "provinces.csv": "name,label\n12,ភ្នំពេញ Phnom Penh\n",
        "districts.csv": "name,label,province\n1201,ចំការមន Chamkar Mon,12\n",
    }
    held = {name: text.encode() for name, text in lists.items()}
    held |= {"told.mp3": wave(), "told-km.mp3": wave(), "map.png": picture(kind="PNG")}
    return {name: b64encode(content).decode() for name, content in held.items()}


def _check(page):
    """The page passes axe, fits a narrow phone and can be hit with a thumb."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))"
    )
    assert found == []
    assert page.evaluate(SIDEWAYS) <= 0, page.locator("h1").inner_text()
    assert page.evaluate(SMALL) == []


def _answer(page):
    """Answer every question of the page with the first thing that fits."""
    for question in page.locator(".mk-question").all():
        name = question.get_attribute("data-name")
        if name == "safe":  # a quick question: the tap goes on by itself
            question.locator(".mk-choices input").first.click()
            page.locator("[data-name=small]").wait_for()
            return _answer(page)
        boxes, picked = question.locator(".mk-choices input"), question.locator("select")
        if boxes.count():
            boxes.first.check()
        elif picked.count():
            picked.select_option(index=1)
        else:
            _answer_otherwise(page, question, name)
        if name == "kept":  # brings another question to the same screen
            page.locator("[data-name=who] input").fill("words")


def _answer_otherwise(page, question, name):
    fields = question.locator("input[type=text], textarea")
    if question.get_by_role("listitem").count():
        question.locator("button").last.click()
    elif question.locator("details input").count():
        _place(question, name)
    elif question.locator("canvas").count():
        _draw(page, question)
    elif question.locator("input[type=file]").count():
        sent = {"name": "her name.png", "mimeType": "image/png", "buffer": picture(kind="PNG")}
        question.locator("input[type=file]").set_input_files(sent)
    elif question.locator("input[type=checkbox]").count():
        question.locator("input[type=checkbox]").check()
    else:
        for field, text in zip(fields.all(), TYPED.get(name, "words").split(), strict=False):
            field.fill(text)


def _place(question, name):
    question.locator("summary").click()
    for n in range({"here": 1, "way": 2, "area": 3}[name]):
        for field in question.locator("details input").all():
            field.fill(str(10 + n))
        if name != "here":
            question.locator("details button").click()


def _draw(page, question):
    box = question.locator("canvas").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 60)
    page.mouse.up()
    question.locator("canvas ~ .govuk-button-group button").first.click()
    question.locator(".mk-kept img").wait_for()


@pytest.mark.parametrize("language", ["km", "en"])
def test_every_kind_is_answered_on_a_narrow_phone_and_handed_over(phone, language):
    xform = to_xform(every_kind(), "kinds.md").text
    page, _ = phone(xform, language, media=_media())
    pages = 0
    while not page.locator(".mk-review").count():
        pages += 1
        assert pages < 60, page.locator("h1").inner_text()
        _answer(page)
        if language == "km" or pages % 6 == 0:
            _check(page)
        page.locator(".mk-next").click()
        assert not page.locator(".govuk-error-summary").count(), page.locator("main").inner_text()
    _check(page)
    page.locator(".mk-next").click()
    handed = page.wait_for_function("() => window.handed.xml && window.handed").json_value()
    blank = set(re.findall(r"<(\w+)/>", handed["xml"]))
    assert blank <= {"hello", "twice_said", "voice", "film"}
    assert handed["files"] == 3
    assert page.troubles == []


def test_what_does_not_fit_is_said_on_the_narrow_page(phone):
    xform = to_xform(every_kind(), "kinds.md").text
    page, _ = phone(xform, "km", media=_media())
    while page.locator("[data-name=age]").count() == 0:
        page.locator(".mk-next").click()
    page.locator(".mk-next").click()
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    _check(page)
    page.locator(".mk-stop").click()
    _check(page)


def test_engine_and_pages_together_are_small_enough_for_a_slow_network(files):
    sent = {n: len(gzip.compress(c)) for n, c in files.items() if n.endswith((".js", ".wasm"))}
    assert sum(sent.values()) < LARGEST, sent


def test_the_words_of_the_pages_stand_in_four_languages():
    everything = {code: words_of("form", code) for code in LANGUAGES}
    source = "".join(
        f.read_text(encoding="utf-8") for f in (ASSETS / "src" / "field").rglob("*.js")
    )
    for key, english in everything["en"].items():
        places = {frozenset(re.findall(r"{\w+}", words[key])) for words in everything.values()}
        assert len(places) == 1, key
        assert english.strip()
        assert re.search(rf'["`]{key}["`]|_not_taken`', source), f"nobody says {key}"
    said = set(re.findall(r'\bt\(\s*"(\w+)"', source))
    known = set(everything["en"]) | set(words_of("app", "en"))
    assert said <= known, said - known
    json.dumps(everything)
