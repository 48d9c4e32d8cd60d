"""Quality by group: a group that fares worse shows, and chance does not."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.matching.calibration import reliability
from mekhala.core.matching.groups import groups_of, of_pair
from mekhala.core.matching.judged import Columns, Judged, Names, by_truth, read_pairs, read_truth
from mekhala.core.matching.quality import quality_of
from mekhala.core.matching.rates import beyond_chance, compare, rate
from mekhala.core.matching.records import COLUMNS
from mekhala.core.wrong_input import WrongInput


def record(number, **written):
    plain = dict.fromkeys(COLUMNS, "")
    return {**plain, "record_id": str(number), "source": "police", "full_name": "Sok Dara",
            "event_date": "2026-03-01", **written}  # fmt: skip


def world(seed, people=1200, *, missed=lambda one: 0.1, hard=0.0):
    """Three records a person; who is ``hard`` is missed five times as often, in every pair."""
    chance = random.Random(seed)
    records, pairs = [], []
    for person in range(people):
        one = {
            "sex": chance.choice(["female", "male"]),
            "nationality": chance.choice(["KHM"] * 7 + ["VNM"] * 3),
            "birth_year": str(chance.choice([1985, 1999, 2005, 2012])),
        }
        rate_of = missed(one) * (5 if chance.random() < hard else 1)
        first = len(records)
        records += [record(first + n, **one) for n in range(3)]
        for left, right in ((0, 1), (0, 2), (1, 2)):
            told = 0.3 if chance.random() < rate_of else 0.99
            pairs.append(Judged(left=first + left, right=first + right, probability=told,
                                same=True, unit=str(person)))  # fmt: skip
        if chance.random() < 0.02 and first:
            pairs.append(Judged(left=first - 1, right=first, probability=0.97, same=False,
                                unit=str(person)))  # fmt: skip
    return pairs, records


def test_a_linker_that_misses_vietnamese_girls_twice_as_often_is_named():
    def missed(one):
        girl = one["sex"] == "female" and one["birth_year"] == "2012"
        return 0.3 if girl and one["nationality"] == "VNM" else 0.1

    found = quality_of(*world(6, missed=missed))

    named = {part.group: part for part in found.flagged}
    assert "vnm, female, under 18" in named
    more = named["vnm, female, under 18"].missed_more
    assert more.low < 3 < more.high
    assert any("vnm, female, under 18: pairs are missed" in said for said in found.warnings())
    assert "khm, male, 25 to 39" not in named


@pytest.mark.parametrize("hard", [0.0, 0.1])
def test_where_all_are_missed_alike_nobody_is_named_but_by_chance(hard):
    rate_of = 0.1 if not hard else 0.08
    cried = sum(
        bool(quality_of(*world(seed, 200, missed=lambda one: rate_of, hard=hard)).flagged)
        for seed in range(20)
    )
    assert cried <= 3, cried  # 5 % of 20 is 1; more than 3 has a chance of 2 %


def test_a_group_whose_links_are_wrong_more_often_is_named_too():
    pairs, records = world(2, 600)
    wrong = [
        Judged(left=p.left, right=p.right, probability=0.99, same=False, unit=p.unit)
        for p in pairs
        if records[p.left]["nationality"] == "VNM" and p.left % 5 == 0
    ]
    found = quality_of([*pairs, *wrong], records)

    assert any(part.is_false_more and part.group == "vnm" for part in found.parts)


def test_figures_for_everybody_are_the_plain_ones():
    pairs, records = world(3, 400)
    found = quality_of(pairs, records)

    linked = [p for p in pairs if p.probability >= 0.95]
    right = sum(p.same for p in linked)
    true = sum(p.same for p in pairs)
    told = found.everybody.to_dict()
    assert told["precision"]["share"] == pytest.approx(right / len(linked), abs=1e-5)
    assert told["recall"]["share"] == pytest.approx(right / true, abs=1e-5)
    assert told["f1"] == pytest.approx(2 * right / (len(linked) + true), abs=1e-5)
    assert told["recall"]["low"] < told["recall"]["share"] < told["recall"]["high"]


def test_every_true_pair_is_in_one_group_of_each_dimension():
    pairs, records = world(4, 100)
    found = quality_of(pairs, records)

    whole = found.everybody.missed.pairs
    for of in {part.of for part in found.parts}:
        assert sum(p.missed.pairs for p in found.parts if p.of == of) == whole


@pytest.mark.parametrize(
    ("left", "right", "groups"),
    [
        ({}, {}, ("unknown", "unknown", "unknown", "latin", "fewer than 5")),
        ({"sex": "f"}, {"sex": "ស្រី"}, ("female", "unknown", "unknown", "latin", "fewer than 5")),
        ({"sex": "f", "birth_year": "2010"}, {"nationality": "VNM", "age": "16"},
         ("female", "under 18", "vnm", "latin", "fewer than 5")),
        ({"full_name": "", "name_km": "សុខ ដារ៉ា"}, {},
         ("unknown", "unknown", "unknown", "across scripts", "fewer than 5")),
        ({"name_km": "សុខ ដារ៉ា"}, {"birth_year": "about 1991, year of the goat"},
         ("unknown", "25 to 39", "unknown", "latin", "fewer than 5")),
        ({"full_name": "", "name_km": "กมล"}, {"full_name": ""},
         ("unknown", "unknown", "unknown", "unknown", "fewer than 5")),
    ],
)  # fmt: skip
def test_a_pair_is_of_the_group_that_both_or_the_only_one_says(left, right, groups):
    one, other = groups_of([record(1, **left), record(2, **right)])

    assert of_pair(one, other) == of_pair(other, one) == (groups, groups)


def test_where_two_records_differ_half_of_the_pair_is_in_each_group():
    records = [record(1, sex="f"), record(2, sex="m")]
    pair = Judged(left=0, right=1, probability=0.99, same=True)
    found = quality_of([pair], records)

    assert {p.group: p.missed.pairs for p in found.parts if p.of == "sex"} == {
        "female": 0.5, "male": 0.5,
    }  # fmt: skip


def test_pairs_of_one_person_are_not_counted_as_met_by_chance_one_by_one():
    many = np.arange(600)
    apart = rate(many, np.ones(600), many % 10 == 0)
    together = rate(many // 6, np.ones(600), many // 6 % 10 == 0)

    assert apart.share == together.share == 0.1
    assert together.size < apart.size / 4
    narrow, wide = apart.interval(), together.interval()
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_nothing_is_compared_where_nothing_was_wrong_or_nobody_else_is():
    right, none = (rate(np.arange(n), np.ones(n), np.zeros(n, bool)) for n in (1, 0))

    assert compare(right, right) is None
    assert compare(right, none) is None
    assert none.share is None
    assert none.interval() is None


def test_many_questions_at_once_need_stronger_answers():
    assert beyond_chance([0.03] + [0.5] * 9) == [False] * 10
    assert beyond_chance([0.001] + [0.5] * 9) == [True] + [False] * 9


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.floats(0.01, 1), st.booleans()), min_size=1, max_size=80))
def test_every_told_pair_is_in_one_band(told):
    pairs = [Judged(left=2 * n, right=2 * n + 1, probability=p, same=same, unit=str(n))
             for n, (p, same) in enumerate(told)]  # fmt: skip
    bands = reliability(Columns.of(pairs))

    assert sum(band.pairs for band in bands) == len(told)
    assert sum(band.pairs * band.observed for band in bands) == pytest.approx(
        sum(same for _, same in told)
    )
    assert all(band.low <= band.observed <= band.high for band in bands)


def test_a_linker_too_sure_of_itself_is_called_over_confident():
    pairs = [Judged(left=2 * n, right=2 * n + 1, probability=0.97, same=n % 10 != 0, unit=str(n))
             for n in range(500)]  # fmt: skip
    (band,) = reliability(Columns.of(pairs))

    assert band.verdict == "over-confident"
    assert (
        "0.970 expected, 0.900 found"
        in quality_of(pairs, [record(n) for n in range(1000)]).warnings()[0]
    )


def test_what_a_linker_never_told_counts_as_missed():
    records = [record(n) for n in range(4)]
    told = read_pairs("left,right,probability\n1,0,0.99\n2,3,0.99\n", Names.of(records))
    truth = "source,record_id,true_person\n" + "".join(f"police,{n},p{n // 3}\n" for n in range(4))
    pairs = by_truth(told, read_truth(truth, records))
    found = quality_of(pairs, records)

    assert [(p.left, p.right, p.probability, p.same) for p in pairs] == [
        (0, 1, 0.99, True), (0, 2, 0.0, True), (1, 2, 0.0, True), (2, 3, 0.99, False),
    ]  # fmt: skip
    assert found.everybody.missed.share == pytest.approx(2 / 3)
    assert found.everybody.false.share == pytest.approx(1 / 2)


@pytest.mark.parametrize(
    ("rows", "why"),
    [("9,1,0.5\n", "row 2, column left: '9' is no record"),
     ("1,1,0.5\n", "row 2: pairs a record with itself"),
     ("1,0,0.5\n0,1,0.5\n", "row 3: is there twice"),
     ("1,0,high\n", "row 2, column probability: 'high'")],
)  # fmt: skip
def test_pairs_that_cannot_be_are_refused_in_one_sentence(rows, why):
    names = Names.of([record(0), record(1)])
    with pytest.raises(WrongInput, match=why):
        read_pairs("left,right,probability\n" + rows, names)


def test_a_truth_that_leaves_a_record_out_is_refused():
    with pytest.raises(WrongInput, match="names no person for '1' of police and 0 more"):
        read_truth("source,record_id,true_person\npolice,0,a\n", [record(0), record(1)])


def test_it_says_itself_in_words_and_as_a_table():
    found = quality_of(*world(5, 300))

    assert str(found).startswith("recall 0.")
    heads, rows = found.table()
    assert rows[0][0] == "everybody"
    assert all(len(row) == len(heads) for row in rows)
    assert found.to_dict()["groups"][0]["recall"]["pairs"] > 0
