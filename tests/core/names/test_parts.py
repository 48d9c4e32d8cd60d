"""Titles, kin words and nicknames are set apart; nothing of a name is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.names.parts import KIN, TITLES, parts_of

OWN = st.sampled_from(["sok", "dara", "chantha", "សុខ", "ដារា", "nguyen"])


@pytest.mark.parametrize(
    ("text", "titles", "kin", "words"),
    [
        ("Mr. Heng Vuthy", "mr", "", "heng vuthy"),
        ("បង ចន្ថា", "បង", "", "ចន្ថា"),
        ("លោកស្រី កែវ សុភាព", "លោកស្រី", "", "កែវ សុភាព"),
        ("លោកហេង", "លោក", "", "ហេង"),
        ("Yeay Phally", "yeay", "", "phally"),
        ("Srey Mom", "", "srey", "mom"),
        ("Ta Mok", "", "ta", "mok"),
        ("Ta", "", "", "ta"),
        ("นางสาว มาลี", "นางสาว", "", "มาลี"),
        ("unknown", "", "", ""),
    ],
)
def test_a_name_is_taken_apart(text, titles, kin, words):
    parts = parts_of(text)

    assert (" ".join(parts.titles), " ".join(parts.kin), " ".join(parts.words)) == (
        titles, kin, words,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["Heng Vuthy (Map)", "Heng Vuthy hao Map", 'Heng "Map" Vuthy', "Heng Vuthy alias Map",
     "Heng Vuthy a.k.a. Map", "Heng Vuthy ហៅ Map"],
)  # fmt: skip
def test_a_nickname_is_kept_as_another_name(text):
    parts = parts_of(text)

    assert (parts.words, parts.also) == (("heng", "vuthy"), (("map",),))


@given(st.lists(st.sampled_from(sorted(TITLES | KIN)), max_size=3), st.lists(OWN, max_size=3))
def test_no_word_is_lost_and_none_is_there_twice(front, own):
    text = " ".join([*front, *own])
    parts = parts_of(text)

    told = [*parts.titles, *parts.kin, *parts.words]
    assert "".join(told) == "".join(text.split())
