"""The paper itself: tagged, titled, in its language, with every letter in a shipped font."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from mekhala.pathway.determination.letters import content, paper
from mekhala.pathway.determination.letters.errors import CannotBePrinted
from mekhala.pathway.determination.letters.scripts import language_of_script
from mekhala.pathway.determination.letters.words import words_in
from mekhala.pathway.determination.models import (
    Decision,
    DeterminationFile,
    LetterLanguage,
    TraffickingStatus,
)
from mekhala.pathway.encounter.models import SafeContact, SafeWay
from tests.builders_letters import structure_of

LANGUAGES = LetterLanguage.values
OUTCOME = {
    "sources_differ": ["means.deception"],
    "palermo": {"act": "yes", "means": "unknown", "purpose": "no", "means_required": True},
}  # fmt: skip
DAY = date(2026, 3, 10)


def told(language, status=TraffickingStatus.NOT_ESTABLISHED, *, reasons=("Said.",), way=None):
    """Return what a letter says about a decision that was never kept."""
    decision = Decision(
        case_id="MK-7F3Q-29KX", status=status, outcome=OUTCOME,
        decided_at=datetime(2026, 3, 9, 5, tzinfo=UTC),
    )  # fmt: skip
    decision.file = DeterminationFile(stage="conclusive_grounds")
    contact = SafeContact(way=way, guardian_may_know=True) if way else None
    return content.letter_to_the_person(
        decision, words_in(language), reasons=reasons, contact=contact, not_before=DAY, on=DAY
    )


def texts_in(said):
    """Return every text of a letter, however deep it stands."""
    if isinstance(said, str):
        return [said]
    parts = said.values() if isinstance(said, dict) else said
    return [text for part in parts for text in texts_in(part)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_is_tagged_and_names_its_language_its_title_and_its_standards(language):
    found = structure_of(paper.letter_pdf(told(language)))
    assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", found)
    assert b"/StructTreeRoot" in found
    assert re.search(rb"/Lang\s*\(%s" % language.encode(), found)
    assert b"/DisplayDocTitle true" in found
    assert b"<pdfuaid:part>1</pdfuaid:part>" in found
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>\s*<pdfaid:conformance>A<", found)
    for tag in (b"/H1", b"/H2", b"/L", b"/LI", b"/P", b"/BlockQuote"):
        assert re.search(tag + rb"\b", found), tag


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", TraffickingStatus.values)
@pytest.mark.parametrize("way", [None, *SafeWay.values])
def test_every_sentence_of_every_letter_is_in_the_shipped_fonts(language, status, way):
    said = told(language, status, way=way, reasons=["Said.", "បាននិយាយ។", "พูดแล้ว", "Đã nói."])
    assert not [text for text in texts_in(said) if "{" in text or "}" in text]
    assert paper.letter_pdf(said).startswith(b"%PDF-")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_fits_on_one_sheet_of_paper(language):
    found = structure_of(paper.letter_pdf(told(language)))
    pages = re.findall(rb"/Type\s*/Page\b", found)
    assert 1 <= len(pages) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_every_piece_that_english_says(language):
    def shape(said):
        if isinstance(said, dict):
            return {key: shape(value) for key, value in said.items()}
        return [shape(value) for value in said] if isinstance(said, list) else type(said)

    assert shape(words_in(language).said) == shape(words_in("en").said)


def test_only_the_language_the_texts_are_written_in_counts_as_reviewed():
    assert [words_in(language).reviewed for language in ("en", "km", "th", "vi")] == [
        True, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["中", "မ", "😀"])
def test_a_sign_without_a_letter_in_our_fonts_makes_no_paper(sign):
    with pytest.raises(CannotBePrinted):
        paper.letter_pdf(told("en", reasons=[sign]))


@pytest.mark.parametrize("typed", ["#panic()", "*bold* _it_ $x$ `c` @ref <label> //", "\\u{41}"])
def test_what_a_reader_wrote_is_words_and_never_a_program(typed):
    assert paper.letter_pdf(told("en", reasons=[typed])).startswith(b"%PDF-")


@pytest.mark.parametrize(("text", "language"), [
    ("Said.", "en"), ("Đã nói", "vi"), ("បាននិយាយ", "km"), ("พูดแล้ว", "th"), ("", "en"),
])  # fmt: skip
def test_a_quote_is_read_in_the_language_of_its_script(text, language):
    assert language_of_script(text) == language


def test_the_paper_has_no_title_that_tells_and_no_author():
    found = structure_of(paper.letter_pdf(told("en")))
    title = re.search(rb"<dc:title>.*?</dc:title>", found, re.DOTALL)[0]
    assert b"Letter" in title
    assert b"MK-" not in title
    assert b"/Author" not in found


UNSPACED = {
    "km": "មន្ត្រីបានពិនិត្យឃើញថាព័ត៌មានដែលបានផ្តល់មិនទាន់គ្រប់គ្រាន់ដើម្បីសន្និដ្ឋានអំពីគោលបំណង" * 3,
    "th": "เจ้าหน้าที่ผู้มีอำนาจตัดสินว่ามีเหตุผลที่ดีที่จะเชื่อว่าสิ่งที่เกิดขึ้นเป็นการค้ามนุษย์" * 3,
}
MEASURE = """
#set text(font: ("Noto Sans", "Noto Sans Khmer", "Noto Sans Thai"), size: 14pt, lang: sys.inputs.lang)
#let cut(width) = measure(block(width: width, sys.inputs.text))
#context [#metadata((wide: cut(60mm).width.mm(), tall: cut(60mm).height / measure(sys.inputs.text).height))<cut>]
"""  # fmt: skip  # noqa: E501


@pytest.mark.parametrize("language", UNSPACED)
def test_a_text_without_spaces_is_broken_into_lines_and_runs_off_no_page(language):
    import typst

    told = typst.query(
        MEASURE.encode(), "<cut>", field="value", one=True, font_paths=paper.fonts(),
        ignore_system_fonts=True, sys_inputs={"lang": language, "text": UNSPACED[language]},
    )  # fmt: skip
    cut = json.loads(told)
    assert cut["wide"] <= 60
    assert cut["tall"] > 5
