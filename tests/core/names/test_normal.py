import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.names.normal import digits, full_name, is_latin, normal_text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SOK  Dara", "sok dara"),
        ("Sok Dara", "Dara SOK"),
        ("Sok-Dara", "Sok Dara"),
        ("O'Brien Ann", "OBrien Ann"),
        ("សុខ\u200bដារា", "សុខ ដារា"),
        ("ជេីង", "ជើង"),
        ("Ｓｏｋ Ｄａｒａ", "Sok Dara"),
        ("Nguye\u0302\u0303n Anh", "Nguyễn Anh"),
    ],
)
def test_names_that_differ_only_in_typing_are_one(one, other):
    assert full_name(one) == full_name(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sok Dara", "Sok Dary"), ("សុខ ដារា", "ដារា សុខ"), ("សុខដារា", "Sok Dara")],
)
def test_other_spellings_orders_of_khmer_and_scripts_stay_apart(one, other):
    assert full_name(one) != full_name(other)


@pytest.mark.parametrize(
    "text", [None, "", "  ", "-", "Unknown", "n/a", "មិនស្គាល់", "\u200b", "123 456"]
)
def test_what_is_not_known_is_no_name(text):
    assert full_name(text) is None


def test_one_latin_word_is_not_known_to_be_a_whole_name():
    assert full_name("Dara") is None
    assert full_name("ដារា") == "ដារា"


def test_digits_of_any_script_become_plain():
    assert digits("១៩៩១ ๑๙๙๑") == "1991 1991"
    assert normal_text("ID០១") == "id01"


def test_latin_is_told_from_khmer():
    assert is_latin("đào nguyễn")
    assert not is_latin("sok ដារា")
    assert not is_latin("12")


@given(st.text(max_size=30))
def test_the_written_form_of_a_written_form_is_itself(text):
    once = normal_text(text)

    assert once is None or normal_text(once) in (once, None)


@given(st.lists(st.text("abcdefg", min_size=2, max_size=6), min_size=2, max_size=4), st.randoms())
def test_the_order_of_latin_words_never_matters(words, random):
    shuffled = random.sample(words, len(words))

    assert full_name(" ".join(words)) == full_name(" ".join(shuffled))
