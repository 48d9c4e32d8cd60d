"""Khmer text in one order of signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.names.khmer import in_order, is_khmer
from mekhala.core.names.normal import normal_text

KHMER = st.text([chr(c) for c in range(0x1780, 0x17DE)] + ["\u200b", " ", "a"], max_size=12)
CONSONANT = st.sampled_from("កខចតបសហអងនមយរលវ")
BELOW = st.sampled_from("កចតនមយល")


@pytest.mark.parametrize(
    ("typed", "ordered"),
    [
        ("សី្រ", "ស្រី"),  # vowel before the subscript
        ("អំុ", "អុំ"),  # nikahit before the vowel
        ("េសង", "សេង"),  # vowel before its consonant, as it stands on the page
        ("េស្រង", "ស្រេង"),
        ("ជេីង", "ជើង"),  # e and ii for oe
        ("គោ", "គោ"),  # e and aa for o
        ("សុី", "ស៊ី"),  # u for triisap
        ("មុឺន", "ម៉ឺន"),  # u for muusikatoan
        ("ស\u200bុខ", "សុខ"),  # a space of no width inside a letter
        ("កិិ", "កិ"),  # typed twice
        ("ស្រ្ត", "ស្ត្រ"),  # ro stands last
        ("ឣ", "អ"),  # a letter Unicode advises against
    ],
)
def test_what_looks_the_same_is_written_the_same(typed, ordered):
    assert in_order(typed) == ordered


@pytest.mark.parametrize("name", ["ស្រីមុំ", "អ៊ុំ", "ប៉ែន", "សុភ័ក្ត្រ", "ចន្ទ្រា", "វណ្ណៈ", "ជ័យ", "គង់", "រដ្ឋា"])
def test_a_name_typed_well_stays_as_it_is(name):
    assert in_order(name) == name


def test_subscripts_that_sound_otherwise_stay_apart():
    assert in_order("ក្ត") != in_order("ក្ដ")


@given(KHMER)
def test_putting_in_order_twice_changes_nothing(text):
    assert in_order(in_order(text)) == in_order(text)


@given(st.text(max_size=20))
def test_other_text_is_never_torn(text):
    once = normal_text(text)

    assert once is None or normal_text(once) in (once, None)


@given(CONSONANT, st.lists(BELOW, max_size=2), st.sampled_from(["", "៉", "៊"]),
       st.sampled_from("ាិីឹឺុូួើឿៀេែៃោៅ"), st.sampled_from(["", "ំ", "ះ"]), st.randoms())  # fmt: skip
def test_the_order_signs_were_typed_in_never_matters(base, below, shifter, vowel, sign, random):
    subscripts = "".join(f"\u17d2{c}" for c in dict.fromkeys(below))
    rest = [part for part in (subscripts, shifter, vowel, sign) if part]
    typed = "".join(random.sample(rest, len(rest)))

    assert in_order(base + typed) == base + "".join(rest)


def test_khmer_is_told_from_other_scripts():
    assert is_khmer("Sok ដារា")
    assert not is_khmer("สมชาย Sok ១")
