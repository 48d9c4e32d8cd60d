"""The instruments that come with the program: their words, their codes, what may change."""

import io
import re
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from defusedxml import ElementTree
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from mekhala.core.reasoning.indicators import Origin, indicators
from mekhala.forms import services
from mekhala.forms.convert import to_xform
from mekhala.forms.errors import AdoptedLater, AlreadyAdopted, DraftNotAdopted
from mekhala.forms.instruments import INSTRUMENTS, as_workbook, instrument_text, texts
from mekhala.forms.models import FormVersion, ListVersion
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role
from mekhala.sample.encounters import URGENT
from mekhala.sample.situations import SITUATIONS
from tests.builders import NOW, officer

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"English (en)", "Khmer (km)", "Vietnamese (vi)", "Thai (th)"}
XF = "{http://www.w3.org/2002/xforms}"
SCRIPTS = {"Khmer (km)": r"[\u1780-\u17ff]", "Thai (th)": r"[\u0e00-\u0e7f]"}
FOUR = ["yes", "no", "not_known", "not_said"]
TAPS, OPEN_AND_SEND, LEAVES_OUT = 25, 2, {"none", "not_known", "not_said"}


@pytest.fixture(params=INSTRUMENTS)
def form_id(request):
    return request.param


@pytest.fixture
def text(form_id):
    return instrument_text(form_id)


@pytest.fixture
def author(db):
    return officer(Role.ADMINISTRATOR)


def _rows(text, sheet):
    """The rows of one sheet of a Markdown XLSForm, as mappings."""
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()]
    start = next(i for i, cells in enumerate(lines) if cells[0] == sheet)
    header = lines[start + 1][1:]
    for cells in lines[start + 2 :]:
        if cells[0]:
            return
        yield dict(zip(header, cells[1:], strict=True))


@cache
def _converted(form_id):
    """The form as pyxform makes it, its warnings, and the form as read."""
    warnings, text = [], instrument_text(form_id)
    xform = convert(text, warnings=warnings, file_type=".md").xform
    return xform, warnings, to_xform(text.encode(), f"{form_id}.md")


def _labels(xform):
    """Language → the texts of that translation, by id."""
    root = ElementTree.fromstring(xform)
    return {
        translation.get("lang"): {
            text.get("id"): "".join(text.find(f"{XF}value").itertext()).strip()
            for text in translation.iter(f"{XF}text")
        }
        for translation in root.iter(f"{XF}translation")
    }


def test_each_form_converts_without_a_warning_under_its_own_name(form_id):
    _, warnings, kept = _converted(form_id)
    assert warnings == []
    assert kept.form.form_id == form_id


def test_every_text_stands_in_every_language_and_in_its_script(form_id):
    labels = _labels(_converted(form_id)[0])
    assert set(labels) == LANGUAGES
    ids = set(labels["English (en)"])
    for language, found in labels.items():
        assert set(found) == ids, language
        assert all(value not in ("", "-") for value in found.values()), language
        script = SCRIPTS.get(language, ".")
        assert [v for v in found.values() if not re.search(script, v)] == [], language


def test_every_translation_is_marked_for_review(text):
    for sheet in ("survey", "choices"):
        for row in _rows(text, sheet):
            assert not row["label::Khmer (km)"] or "machine translated" in row["review"]
    assert all("machine translated" in row["note"] for row in _rows(text, "settings"))


def test_each_says_what_it_is_based_on_and_that_nobody_verified_it(form_id, text):
    (row,) = _rows(text, "settings")
    assert row["verified"] == "false"
    assert len(row["based_on"]) > 30
    assert _converted(form_id)[2].based_on == row["based_on"]


def test_each_is_named_and_says_what_it_rests_on_in_every_language(form_id):
    said = _converted(form_id)[2].in_languages
    assert set(said) == LANGUAGES - {"English (en)"}
    for language, words in said.items():
        assert set(words) == {"title", "based_on", "note"}
        script = SCRIPTS.get(language, ".")
        assert all(re.search(script, text) for text in words.values()), language


def test_the_documents_list_it_with_what_it_is_based_on(form_id, text):
    (row,) = _rows(text, "settings")
    page = (ROOT / "docs" / "forms" / "instruments.md").read_text(encoding="utf-8")
    assert f"| `{form_id}` {row['form_title']} |" in page
    assert f"| {row['based_on']} |" in page


def test_every_yes_has_a_no_a_not_known_and_a_did_not_want_to_say(text):
    lists = {}
    for row in _rows(text, "choices"):
        lists.setdefault(row["list_name"], []).append(row["name"])
    with_no = {name: codes for name, codes in lists.items() if {"yes", "no"} & set(codes)}
    assert with_no
    assert all(codes[:4] == FOUR for codes in with_no.values()), with_no


def test_khmer_answers_fit_whoever_speaks_and_call_nobody_guilty(text):
    assert not re.search("បាទ|ចាស(?!់)", text)  # ចាស់ is old
    assert not re.search("ជនល្មើស|មេខ្យល់|ជនជួញដូរ|ស្រីពេស្យា", text)


def test_no_question_about_a_person_must_be_answered(text):
    assert "required" not in next(iter(_rows(text, "survey")))


def test_the_card_takes_at_most_25_taps():
    """Each choice and field one tap, digits and needs one each, with opening and sending."""
    needs = [
        r["name"] for r in _rows(instrument_text("card"), "choices")
        if r["list_name"] == "need" and r["name"] not in LEAVES_OUT
    ]  # fmt: skip
    taps = {"select_one": 1, "select_multiple": len(needs), "integer": 3, "text": 1}
    kinds = [r["type"].split()[0] for r in _rows(instrument_text("card"), "survey")]
    assert OPEN_AND_SEND + sum(taps.get(kind, 0) for kind in kinds) <= TAPS


def test_the_card_is_one_screen():
    survey = list(_rows(instrument_text("card"), "survey"))
    groups = [row for row in survey if row["type"] == "begin_group"]
    assert (groups[0]["name"], groups[0]["appearance"]) == ("card", "field-list")
    shown = [row for row in survey if row["label::English (en)"] and row is not groups[0]]
    assert survey.index(groups[0]) < min(survey.index(row) for row in shown)


def test_the_card_offers_the_urgent_needs_that_the_sample_records():
    needs = {r["name"] for r in _rows(instrument_text("card"), "choices")}
    assert set(URGENT) <= needs


def _asked(form_id):
    return {
        row["name"].replace("_", ".", 1)
        for row in _rows(instrument_text(form_id), "survey")
        if row["type"] in ("select_one answer", "select_one has")
    }


def test_checklist_and_screening_ask_about_acts_means_and_purposes_by_their_codes():
    told = {code for s in SITUATIONS if s.victim for code in (*s.act, *s.means, s.exploitation)}
    told -= {"act.procuring", "means.confinement"}  # no element by itself
    assert told <= _asked("screening")
    assert told - {"purpose.child_labour", "act.border_crossing"} <= _asked("checklist")


def test_the_facts_and_indicators_of_the_forms_are_those_of_the_contract(shared):
    facts, listed = (_codes(shared / "contract" / f) for f in ("facts.csv", "ilo_indicators.csv"))
    elements = _palermo(shared / "contract" / "facts.csv")
    for form_id in ("checklist", "screening"):
        assert elements <= _asked(form_id)
    groups = tuple({f"{code.split('.')[0]}." for code in facts})
    for form_id in INSTRUMENTS:
        assert {c for c in _asked(form_id) if c.startswith(groups)} <= facts, form_id
    choices = _rows(instrument_text("screening"), "choices")
    offered = {row["name"] for row in choices if "." in row["name"]}
    ours = {i.code for i in indicators().values() if i.origin is not Origin.ILO_EC_2009}
    assert offered - ours == listed - ours
    assert ours <= offered


def _codes(path):
    return {line.split(",", 1)[0] for line in path.read_text(encoding="utf-8").splitlines()[1:]}


def _palermo(path):
    """The codes that make out an element of the Palermo Protocol by themselves."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return {
        line.split(",")[0] for line in lines if line.split(",")[-1] in ("act", "means", "purpose")
    }


def test_the_workbook_makes_the_same_form(form_id):
    book = as_workbook(form_id)
    assert load_workbook(io.BytesIO(book)).sheetnames[0] == "survey"
    assert to_xform(book, "f.xlsx").text == _converted(form_id)[2].text


def test_loading_twice_keeps_each_once_and_hands_it_out(author):
    first = services.load_instruments(by=author, at=NOW)
    assert [version.form.form_id for version in first] == list(INSTRUMENTS)
    assert services.load_instruments(by=author, at=NOW) == first
    assert FormVersion.objects.filter(is_offered=True).count() == len(INSTRUMENTS)


def test_other_words_wait_as_a_draft_beside_what_is_in_use(author, monkeypatch):
    monkeypatch.setattr("mekhala.forms.services.instruments.INSTRUMENTS", ("card",))
    (first,) = services.load_instruments(by=author, at=NOW)
    changed = instrument_text("card").replace("Speak alone", "Talk alone")
    monkeypatch.setattr("mekhala.forms.services.instruments.instrument_text", lambda _: changed)
    (second,) = services.load_instruments(by=author, at=NOW)
    assert second.version.startswith(f"{first.version}.")
    assert second.is_draft
    first.refresh_from_db()
    assert first.is_offered
    assert services.load_instruments(by=author, at=NOW) == [second]


def test_who_adds_no_forms_loads_none(db):
    with pytest.raises(NotYourRole):
        services.load_instruments(by=officer(), at=NOW)
    assert not FormVersion.objects.exists()


def test_the_number_to_call_comes_from_the_setting(author, settings):
    settings.HELP_NUMBERS = [("Invented line", "000"), ("Another", "111")]
    services.load_instruments(by=author, at=NOW)
    kept = bytes(ListVersion.objects.get(name="help_numbers.csv").content).decode()
    assert kept.splitlines()[1] == "1,000 · Invented line,000"


def test_without_a_number_the_list_holds_a_dash(author, settings):
    settings.HELP_NUMBERS = []
    services.load_instruments(by=author, at=NOW)
    assert "none,—,—" in bytes(ListVersion.objects.get(name="help_numbers.csv").content).decode()


def test_only_the_authority_records_that_it_adopted_a_version(author):
    version = services.load_instruments(by=author, at=NOW)[0]
    said = {"adopted_on": NOW.date(), "reference": "Invented circular 1"}
    with pytest.raises(NotYourRole):
        services.record_adoption(version, **said, by=author, at=NOW)
    authority = officer(Role.AUTHORITY)
    services.record_adoption(version, **said, by=authority, at=NOW)
    with pytest.raises(AlreadyAdopted):
        services.record_adoption(version, **said, by=authority, at=NOW)


def test_a_draft_is_not_adopted_nor_anything_tomorrow(author):
    authority = officer(Role.AUTHORITY)
    content = instrument_text("card").encode()
    version = services.add_version(content, "card.md", by=author, at=NOW, offer=False)
    said = {"adopted_on": NOW.date(), "reference": "Invented circular 1"}
    with pytest.raises(DraftNotAdopted):
        services.record_adoption(version, **said, by=authority, at=NOW)
    services.put_into_use(version, by=author, at=NOW)
    said["adopted_on"] = NOW.date().replace(year=NOW.year + 1)
    with pytest.raises(AdoptedLater):
        services.record_adoption(version, **said, by=authority, at=NOW)


def test_what_was_adopted_today_is_no_adoption_to_come_though_utc_is_still_yesterday(author):
    authority, content = officer(Role.AUTHORITY), instrument_text("card").encode()
    version = services.add_version(content, "card.md", by=author, at=NOW)
    before_seven = datetime(2026, 3, 9, 17, 30, tzinfo=UTC)  # of the 10th in Phnom Penh
    said = {"adopted_on": date(2026, 3, 10), "reference": "Invented circular 1"}
    assert services.record_adoption(version, **said, by=authority, at=before_seven)


def test_a_file_does_not_say_of_itself_that_it_is_verified():
    claims = instrument_text("card").replace("| false |", "| true |")
    with pytest.raises(Exception, match=r"column “verified”: expected “false”"):
        to_xform(claims.encode(), "card.md")


def test_a_new_number_stands_in_the_settings_only():
    text = instrument_text("card")
    other = texts.renumbered(text)
    assert re.sub(r"(\d{10})\.[0-9a-f]{8}", r"\1", other) == text
