"""The words of the app on phones: four languages, none missing, none that betrays the subject."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from mekhala.web.script_words import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
WORDS = tomllib.loads((ROOT / "src/mekhala/web/field/words/app.toml").read_text(encoding="utf-8"))
SOURCES = ROOT / "src/mekhala/web/assets/src/field"
OURS = (
    "app", "entering", "filling", "home", "leaving", "own", "queue", "queue_view", "ui",
)  # fmt: skip
CALLS = re.compile(
    r"\b(?:t|p|inset|heading|button|big|say|submit|field)\(\s*(?:\"[a-z]+\", )?\"([a-z_]+)\""
)
BETRAYS = re.compile(r"mekhala|traffick|victim|police|shelter|ជនរងគ្រោះ|ជួញដូរ", re.IGNORECASE)
BUILT = Path(settings.BUILT) / "field"


@pytest.mark.parametrize("key", sorted(WORDS))
def test_each_message_is_there_in_four_languages_with_the_same_places(key):
    said = WORDS[key]
    assert set(said) == set(LANGUAGES)
    assert all(text.strip() for text in said.values())
    places = {language: set(re.findall(r"{(\w+)}", text)) for language, text in said.items()}
    assert len({frozenset(names) for names in places.values()}) == 1


def test_every_word_that_is_asked_for_is_there():
    text = "\n".join((SOURCES / f"{name}.js").read_text(encoding="utf-8") for name in OURS)
    asked = set(CALLS.findall(text)) - {"pin", "code", "again"} | {
        "pin", "code", "state_waiting", "state_received", "state_held", "state_refused",
    }  # fmt: skip
    assert asked - WORDS.keys() == set()
    reasons = set(re.findall(r'(?:again\(row, |code: )"([a-z_]+)"', text)) - {"own"}
    assert {f"why_{reason}" for reason in reasons if reason != "pin"} - WORDS.keys() == set()
    assert len(reasons) == 9


def test_no_message_betrays_what_the_app_is_for():
    assert not [text for said in WORDS.values() for text in said.values() if BETRAYS.search(text)]


@pytest.fixture
def built(db):  # the actor of a request is set in a transaction
    if not (BUILT / "parts.json").exists():
        pytest.skip("the app is not built: run mekhala.web.assets.build first")
    return json.loads((BUILT / "parts.json").read_text())


def test_the_first_load_with_all_that_is_kept_is_small(built):
    names = [address.rpartition("/")[2] for address in built["at_first"]]
    sizes = {n: min(p.stat().st_size for p in BUILT.glob(f"{n}*")) for n in names}
    assert sum(sizes.values()) < 345_000, sizes


@pytest.mark.parametrize("path", ["/f/", "/f/calendar/", "/f/manifest.json", "/f/worker.js"])
def test_no_page_of_the_app_betrays_it_and_none_sets_a_cookie(built, path):
    answer = Client().get(path)
    assert answer.status_code == 200
    assert not BETRAYS.search(answer.content.decode())
    assert not answer.cookies
    policy = answer["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy
    assert "nonce" not in policy


def test_a_part_is_handed_out_compressed_and_for_ever(built):
    address = built["script"]
    answer = Client().get(address, headers={"Accept-Encoding": "gzip, br"})
    assert (answer["Content-Encoding"], answer["Cache-Control"][-9:]) == ("br", "immutable")
    assert Client().get(address).has_header("Content-Encoding") is False
    for name in ("parts.json", "worker.js", "..", "x.js"):
        assert Client().get(f"/f/app/{name}").status_code == 404
