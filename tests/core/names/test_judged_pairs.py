"""What the comparison gets wrong, counted and printed (``pytest -s``), and held to bounds.

``judged_pairs.csv`` was written and judged by the makers of the comparison, from habits of
writing seen in published romanisation tables: *same* is what one clerk and another may write for
one person, *different* what a reader of Khmer tells apart. It awaits review by two native readers;
whoever writes a test writes what he thinks of, so the rates are kinder than those of real lists.
"""

from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks import names as bench

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared" / "data" / "names" / "people_names.csv"
SAMPLE = ROOT / "src" / "mekhala" / "sample" / "name_parts.csv"


def test_there_are_300_pairs_each_judged_once():
    pairs = bench.read(bench.JUDGED)

    assert len(pairs) == len({frozenset((p["left"], p["right"])) for p in pairs}) == 300
    assert {p["judged"] for p in pairs} == {"same", "different"}


def test_few_pairs_are_judged_otherwise_than_by_the_makers():
    found = bench.judged(bench.read(bench.JUDGED))
    print("\n", {kind: str(rate) for kind, rate in found.items()})

    assert found["miss"].share <= 0.025
    assert found["false"].share <= 0.02
    assert found["strict false"].share <= 0.02


def test_without_any_reading_most_pairs_of_one_name_would_be_missed():
    same = [p for p in bench.read(bench.JUDGED) if p["judged"] == "same"]
    equal = sum(p["left"].casefold() == p["right"].casefold() for p in same)

    assert equal / len(same) < 0.02


def test_the_spellings_of_the_invented_country_are_mostly_found():
    names = [
        {"native": row["native"], "roman": spelling}
        for row in bench.read(SAMPLE)
        for spelling in row["spellings"].split()
    ]
    rate = bench.unlike(names)
    print("\nspellings of the invented country not found:", rate)

    assert rate.of > 200
    assert rate.share <= 0.05


def test_official_names_of_places_are_mostly_found_and_two_places_seldom_mixed_up():
    some = bench.places()[::10]
    others = [a | {"roman": b["roman"]} for a, b in pairwise(some)]
    missed, apart = bench.unlike(some), bench.unlike(others)
    print("\nplaces not found:", missed, "neighbours in the list told apart:", apart)

    assert missed.of > 800
    assert missed.share <= 0.12
    assert apart.share >= 0.99


@pytest.mark.skipif(not SHARED.exists(), reason="the list of 3,018 names is not beside this clone")
def test_a_list_of_3018_names_in_two_scripts_is_mostly_found_and_seldom_mixed_up():
    names = bench.read(SHARED)
    missed, mixed = bench.unlike(names), bench.shared_keys(names)
    print("\nnot found:", missed, {kind: str(rate) for kind, rate in mixed.items()})

    assert missed.share <= 0.05  # four of its Latin forms are translations, not names
    assert all(rate.share <= 0.012 for rate in mixed.values())
    assert mixed["km_KH family"].share <= 0.008
