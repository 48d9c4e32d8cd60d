"""Tokens: alike for one person, unlike under another key, and without a name."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.matching.encoding import counting
from mekhala.core.matching.encoding.comparison import (
    ALIKE,
    Pair,
    alike_pairs,
    common_bits,
    dice,
    one_to_one,
)  # fmt: skip
from mekhala.core.matching.encoding.parameters import HARDENED
from mekhala.core.matching.encoding.project_key import ProjectKey
from mekhala.core.matching.encoding.statements import birth_years
from mekhala.core.matching.encoding.vectors import Encoder
from mekhala.core.matching.records import COLUMNS

KEY, OTHER = (ProjectKey(random.Random(n).randbytes(32)) for n in (1, 2))
DARA = {
    "full_name": "Sok Dara",
    "name_km": "សុខ ដារ៉ា",
    "birth_date": "1991-03-05",
    "sex": "f",
    "nationality": "KHM",
    "commune_code": "120403",
}


def record(number, source="police", **written):
    return {**dict.fromkeys(COLUMNS, ""), "record_id": str(number), "source": source, **written}


def pairs_of(*records, key=KEY, parameters=HARDENED, **options):
    found = alike_pairs(Encoder(key, parameters).tokens(records), **options)
    return [(pair.left, pair.right) for pair in found]


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"full_name": "DARA  Sok", "sex": "ស្រី", "birth_date": "05/03/1991"},
        {"full_name": "Sok Daraa"},
        {"full_name": "", "family_name": "Sok", "given_name": "Dara", "name_km": ""},
        {"full_name": ""},
        {"birth_date": "", "birth_year": "1991"},
        {"birth_date": "1992-03-05"},
        {"birth_date": "", "birth_year": "1990"},
        {"commune_code": "", "province_code": "12"},
        {"birth_date": ""},
        {"full_name": "Sokh Dararr", "name_km": ""},
    ],
)
def test_one_person_written_two_ways_is_found(written):
    assert pairs_of(record(1, **DARA), record(2, "shelters", **DARA | written)) == [(0, 1)]


@pytest.mark.parametrize(
    ("khmer", "latin"),
    [("សុខ ដារ៉ា", "Sok Dara"), ("ស្រីមុំ", "Srey Mom"), ("ចាន់ វណ្ណា", "Chan Vanna"),
     ("កែវ សុភាព", "Keo Sopheap"), ("លោក សុខដារ៉ា", "Sokh Dara")],
)  # fmt: skip
def test_a_khmer_name_meets_a_latin_one_by_its_sounds(khmer, latin):
    one, other = DARA | {"full_name": "", "name_km": khmer}, DARA | {"full_name": latin}

    assert pairs_of(record(1, **one), record(2, **other | {"name_km": ""})) == [(0, 1)]


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ({"birth_date": "05/03/1991"}, (1991, 1991)),
        ({"birth_date": "1991-03-05", "birth_year": "about 1980"}, (1991, 1991)),
        ({"birth_date": "1991-03-05", "birth_year": "1993"}, (1991, 1993)),
        ({"birth_year": "about 1991"}, (1989, 1993)),
        ({"birth_year": "about 1991, year of the goat"}, (1991, 1992)),
        ({"birth_year": "ឆ្នាំមមែ ១៩៩១"}, (1991, 1991)),
        ({"age": "34", "age_on": "2026-03-01"}, (1991, 1992)),
        ({"age": "34", "age_on": "2026-03-01", "birth_year": "year of the goat"}, (1991, 1992)),
        ({"age": "34", "age_on": "2026-03-01", "birth_year": "about 1970"}, (1968, 1992)),
        ({"age": "34"}, None),
        ({"age": "340", "age_on": "2026-03-01"}, None),
        ({"birth_date": "a goat", "birth_year": "unknown"}, None),
    ],
)
def test_years_of_birth_are_those_that_all_that_was_said_allows(written, years):
    assert birth_years(record(1, **written)) == years


def test_a_birth_told_by_an_animal_is_met_by_one_told_by_its_date():
    told = DARA | {"birth_date": "", "birth_year": "about 1991, year of the goat"}

    assert pairs_of(record(1, **DARA, village_code=""), record(2, **told)) == [(0, 1)]


@pytest.mark.parametrize(
    "other",
    [
        {"full_name": "Chan Vanna", "name_km": "ចាន់ វណ្ណា"},
        {"full_name": "Sok Phalla", "name_km": "សុខ ផល្លា", "birth_date": "1991-11-20"},
        {"birth_date": "1970-03-05", "commune_code": "080101"},
    ],
)
def test_another_person_is_not(other):
    assert pairs_of(record(1, **DARA), record(2, **DARA | other)) == []


def test_two_records_of_one_list_may_be_one_person():
    assert pairs_of(record(1, **DARA), record(2, **DARA)) == [(0, 1)]


def test_a_national_number_agrees_exactly_or_not_at_all():
    number = {"national_id": "010 203 405"}

    assert pairs_of(record(1, **number), record(2, national_id="០១០២០៣៤០៥")) == [(0, 1)]
    assert pairs_of(record(1, **number), record(2, national_id="010203406")) == []


@pytest.mark.parametrize(
    "known", [{}, {"full_name": "Sok Dara", "sex": "f"}, {"birth_year": "1991"}]
)
def test_what_could_only_be_guessed_has_no_token_and_is_counted(known):
    tokens = Encoder(KEY).tokens([record(1, **known), record(2, **DARA)])

    assert tokens.without == 1
    assert set(tokens.owner.tolist()) == {1}


def test_who_is_known_within_more_years_than_a_block_holds_is_met_by_the_province():
    old = DARA | {"birth_date": "", "age": "35", "age_on": "2026-03-01"}

    assert pairs_of(record(1, **DARA), record(2, **old)) == [(0, 1)]


written = st.fixed_dictionaries(
    {
        "full_name": st.text("abcdklmnoprstuv ", min_size=3, max_size=20),
        "name_km": st.sampled_from(["", "សុខ ដារ៉ា", "ចាន់ វណ្ណា"]),
        "birth_date": st.sampled_from(["1991-03-05", "about 1991", "", "1980"]),
        "sex": st.sampled_from(["f", "m", ""]),
        "province_code": st.sampled_from(["12", "08", ""]),
    }
)
people = st.lists(written, min_size=1, max_size=6)


@settings(deadline=None, max_examples=30)
@given(people)
def test_the_same_records_have_the_same_tokens_whenever_they_are_encoded(found):
    records = [record(n, **one) for n, one in enumerate(found)]
    one, other = (Encoder(KEY).tokens(records) for _ in range(2))

    assert one.block.tolist() == other.block.tolist()
    assert np.array_equal(one.bits, other.bits)


@settings(deadline=None, max_examples=30)
@given(people, st.randoms())
def test_the_order_of_records_never_changes_who_is_like_whom(found, chance):
    records = [record(n, **one) for n, one in enumerate(found)]
    shuffled = chance.sample(records, len(records))

    def named(rows):
        pairs = alike_pairs(Encoder(KEY).tokens(rows))
        return {
            (frozenset((rows[p.left]["record_id"], rows[p.right]["record_id"])), p.alike)
            for p in pairs
        }

    assert named(records) == named(shuffled)


@settings(deadline=None, max_examples=30)
@given(written)
def test_one_person_on_two_lists_is_alike_if_anything_is_known_of_them(one):
    tokens = Encoder(KEY).tokens([record(1, **one), record(1, "shelters", **one)])

    found = alike_pairs(tokens)
    assert bool(found) == (tokens.without == 0)


@settings(deadline=None, max_examples=30)
@given(written)
def test_another_key_makes_tokens_that_never_meet(one):
    ours, theirs = (Encoder(key).tokens([record(1, **one)]) for key in (KEY, OTHER))

    assert not set(ours.block.tolist()) & set(theirs.block.tolist())
    assert not (dice(ours.bits, theirs.bits) >= ALIKE).any()


def test_two_people_written_exactly_alike_have_no_vector_in_common():
    tokens = Encoder(KEY).tokens([record(1, **DARA), record(2, **DARA)])

    assert len({row.tobytes() for row in tokens.bits}) == len(tokens.bits)


def test_without_flips_they_would():
    bare = replace(HARDENED, flipped=0)
    tokens = Encoder(KEY, bare).tokens([record(1, **DARA), record(2, **DARA)])

    assert len({row.tobytes() for row in tokens.bits}) == len(tokens.bits) / 2


def test_a_name_sets_other_bits_under_each_salt():
    one, other = (DARA | {"birth_date": f"{year}-03-05"} for year in (1991, 1971))
    bare = replace(HARDENED, flipped=0, mixed=1)
    rows = Encoder(KEY, bare).tokens([record(1, **one), record(2, **other)])
    mine, theirs = (rows.bits[rows.owner == n] for n in (0, 1))
    salted = dice(mine, theirs)[rows.block[rows.owner == 0][:, None] != rows.block[rows.owner == 1]]

    assert salted.max() < 0.5


def test_about_half_of_the_bits_are_ones_whatever_the_length_of_the_name():
    long = DARA | {"full_name": "Sok Samnang Dararith Vichea Phalla"}
    shares = [
        np.bitwise_count(Encoder(KEY).tokens([record(1, **one)]).bits).mean() / 64
        for one in (DARA, long)
    ]

    assert all(0.38 < share < 0.52 for share in shares)


bits = st.lists(st.lists(st.integers(0, 2**64 - 1), min_size=2, max_size=2), min_size=1, max_size=5)


@given(bits, bits)
def test_shared_ones_are_counted_as_one_by_one(left, right):
    found = common_bits(np.array(left, np.uint64), np.array(right, np.uint64))

    said = [[sum((a & b).bit_count() for a, b in zip(x, y, strict=True)) for y in right]
            for x in left]  # fmt: skip
    assert found.tolist() == said


def test_large_blocks_are_compared_whole(monkeypatch):
    records = [record(n, **DARA) for n in range(9)]
    whole = pairs_of(*records)
    monkeypatch.setattr(counting, "FEWEST", 2)

    assert whole == [(i, j) for i in range(9) for j in range(i + 1, 9)]
    assert pairs_of(*records) == whole


@given(st.lists(bits.map(lambda rows: rows[0]), max_size=9), st.floats(0.05, 1))
def test_the_compiled_count_finds_what_a_table_of_all_does(rows, at_least):
    many = np.array(rows, np.uint64).reshape(len(rows), 2)
    found = [pair for part in counting.alike_rows(many, at_least)
             for pair in zip(*(side.tolist() for side in part), strict=True)]  # fmt: skip
    ones = [sum(word.bit_count() for word in row) for row in rows]
    table = {
        (i, j): 2 * sum((a & b).bit_count() for a, b in zip(rows[i], rows[j], strict=True))
        / max(ones[i] + ones[j], 1)
        for i in range(len(rows)) for j in range(i + 1, len(rows))
    }  # fmt: skip

    assert {(i, j) for i, j, _ in found} == {k for k, alike in table.items() if alike >= at_least}
    assert all(alike == pytest.approx(table[i, j]) for i, j, alike in found)


def test_one_to_one_keeps_the_most_alike_of_another_list():
    source = ["a", "a", "b", "b"]
    pairs = [Pair(0, 1, 0.99), Pair(0, 2, 0.9), Pair(1, 2, 0.8), Pair(1, 3, 0.7)]

    assert [(p.left, p.right) for p in one_to_one(pairs, source)] == [(0, 2), (1, 3)]
