"""Tokens: alike for one person, unlike under another key, and without a name."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    ],
)
def test_one_person_written_two_ways_is_found(written):
    assert pairs_of(record(1, **DARA), record(2, "shelters", **DARA | written)) == [(0, 1)]


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
    from mekhala.core.matching.encoding import comparison

    records = [record(n, **DARA) for n in range(9)]
    whole = pairs_of(*records)
    monkeypatch.setattr(comparison, "ROWS", 2)
    monkeypatch.setattr(comparison, "COLUMNS", 3)

    assert whole == [(i, j) for i in range(9) for j in range(i + 1, 9)]
    assert pairs_of(*records) == whole


def test_one_to_one_keeps_the_most_alike_of_another_list():
    source = ["a", "a", "b", "b"]
    pairs = [Pair(0, 1, 0.99), Pair(0, 2, 0.9), Pair(1, 2, 0.8), Pair(1, 3, 0.7)]

    assert [(p.left, p.right) for p in one_to_one(pairs, source)] == [(0, 2), (1, 3)]
