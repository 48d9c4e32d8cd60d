"""The paper: one page, both scripts, and nothing that says who or why."""

import re
from datetime import UTC, datetime

import pytest
import typst

from mekhala.pathway.determination.letters.paper import fonts
from mekhala.pathway.registration import certificate
from mekhala.pathway.registration.models import Registration
from tests.builders_letters import structure_of


@pytest.fixture
def registration():
    """Return a registration that was never kept: the paper needs no database."""
    return Registration(
        number="RG-7F3Q-29KX", certificate_code="7K3QF29PXB", case_id="MK-1111-1111",
        registered_at=datetime(2026, 3, 8, 20, tzinfo=UTC), withdrawn_because="a secret",
    )  # fmt: skip


def test_the_same_registration_gives_the_same_bytes(registration):
    made = certificate.pdf(registration)
    assert made.startswith(b"%PDF-")
    assert made == certificate.pdf(registration)


def test_it_fits_on_one_page_and_every_letter_is_in_the_shipped_fonts(registration):
    pages, warnings = typst.compile_with_warnings(
        certificate.TEMPLATE, font_paths=fonts(), ignore_system_fonts=True,
        format="svg", sys_inputs=certificate.words(registration),
    )  # fmt: skip
    assert isinstance(pages, bytes)  # several pages would be a list
    assert not warnings


def test_it_says_number_code_and_day_and_no_case(registration):
    words = certificate.words(registration)
    assert (words["number"], words["code"]) == ("RG-7F3Q-29KX", "7K3QF 29PXB")
    assert words["issued_en"] == "9 March 2026"  # the day where the office stands
    assert words["issued_km"] == "ថ្ងៃទី ៩ ខែមីនា ឆ្នាំ ២០២៦"
    assert not any("MK-" in said or "secret" in said for said in words.values())


def test_the_template_asks_for_nothing_but_these_words(registration):
    asked = set(re.findall(r'of\("(\w+)"\)', certificate.TEMPLATE.read_text(encoding="utf-8")))
    assert asked == set(certificate.words(registration))


def test_the_square_code_holds_the_address_and_neither_number_nor_code(registration, settings):
    settings.PUBLIC_URL = "https://public.example"
    assert certificate.checking_address() == "https://public.example/certificate/"
    other = Registration(
        number="RG-0000-0000", certificate_code="0000000000",
        registered_at=registration.registered_at,
    )  # fmt: skip
    assert certificate.words(registration)["qr"] == certificate.words(other)["qr"]


@pytest.mark.parametrize("word", ["trafficking", "victim", "exploit", "ជួញដូរ", "រងគ្រោះ", "ឈ្មោះ៖"])
def test_the_wording_names_no_form_of_exploitation_and_no_status(word):
    lines = certificate.TEMPLATE.read_text(encoding="utf-8").splitlines()
    printed = "\n".join(line for line in lines if not line.startswith("//"))
    assert word not in printed.lower()


def test_the_paper_is_tagged_and_its_picture_has_words(registration):
    found = structure_of(certificate.pdf(registration))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in found
    assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", found)
    assert re.search(rb"/Figure\b", found)
    assert re.search(rb"/Alt\s*\(http", found)
    assert re.search(rb"/Lang\s*\(km\)", found)
    assert b"RG-" not in re.search(rb"<dc:title>.*?</dc:title>", found, re.DOTALL)[0]
