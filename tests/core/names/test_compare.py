"""Two names side by side, with the reason in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.names.compare import Level, compare

WORD = st.sampled_from(
    ["sok", "dara", "chantha", "vuthy", "សុខ", "ដារា", "srey", "mom", "bong", "ta", "สมชาย", "đặng"]
)
NAME = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("left", "right", "level", "because"),
    [
        ("Sok Dara", "SOK dara", "exact", "the same letters"),
        ("ស្រីមុំ", "Srey Mom", "same_key", "spelled otherwise, sounds the same"),
        ("Sok Dara", "Dara Sokh", "same_key", "the words stand in the other order"),
        ("Dara", "Sok Dara", "near", "one of them has a word less"),
        ("Nguyễn Thị Lan", "Nguyen Lan", "near", "one of them has a word less"),
        ("Sok Mom", "Sok Sreymom", "near", "Srey, which begins many names"),
        ("Heng Vuthy (Map)", "Map", "near", "another name of the person"),
        ("Sok Chanhta", "Sok Chantha", "near", "two neighbouring letters"),
        ("Sok Sophal", "Sok Sophol", "near", "one sound apart"),
        ("Yeay Mom", "យាយមុំ", "near", "a title or kin word is written onto one"),
        ("Bong Mom", "បងមុំ", "near", "a title or kin word is written onto one"),
        ("Pov", "នាងពៅ", "near", "a title or kin word is written onto one"),
        ("Nguyễn Hòa", "Nguyễn Hóa", "same_key", "the same letters, accents and tones aside"),
        ("Sok", "Sok Dara", "different", "only the word in the place of the family name"),
        ("Sok Dara", "Sok Dary", "different", "sounds otherwise"),
        ("Lê Thị Hoa", "Lê Thị Hà", "different", "sounds otherwise"),
    ],
)
def test_the_answer_says_what_was_alike(left, right, level, because):
    found = compare(left, right)

    assert found.level.value == level
    assert because in found.because


def test_each_part_is_told_by_itself():
    found = compare("Sok Dara", "Sokh Dary")

    assert [str(part) for part in found.parts] == [
        "sok and sokh: spelled otherwise, sounds the same",
        "dara and dary: sounds otherwise",
    ]


@pytest.mark.parametrize("text", ["", "unknown", "N/A", "មិនស្គាល់"])
def test_what_is_not_known_is_neither_the_same_nor_another(text):
    assert compare(text, "Dara").same is None
    assert compare(text, text).same is None


def test_one_sound_apart_is_not_yet_one_name():
    found = compare("Sok Sophal", "Sok Sophol")

    assert (found.level, found.same) == (Level.NEAR, False)


def test_two_excuses_at_once_are_too_many():
    assert compare("Dara", "Sok Dara").same
    assert not compare("Tara", "Sok Dara").same
    assert not compare("Um Dara", "Sok Dara").same


@given(NAME)
def test_a_name_is_exactly_itself(name):
    assert compare(name, name).level is Level.EXACT


@given(NAME, NAME)
def test_which_name_comes_first_never_matters(left, right):
    one, other = compare(left, right), compare(right, left)

    assert (one.level, one.same) == (other.level, other.same)


@given(st.lists(st.sampled_from(["sok", "dara", "vuthy", "ដារា"]), min_size=2, max_size=2))
def test_the_order_of_two_words_never_makes_another_name(words):
    assert compare(" ".join(words), " ".join(words[::-1])).same


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_text_makes_it_fail(left, right):
    assert compare(left, right).level in Level
