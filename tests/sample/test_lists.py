import csv
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.wrong_input import WrongInput
from mekhala.sample.lists import COLUMNS, COVERAGE, TRUTH, lists, share_on_both
from mekhala.sample.people import people

ASIDE = ("record_id", "source", "event_date")
shares = st.floats(0.01, 0.99)


@pytest.fixture(scope="module")
def listed(country):
    return lists(country, seed=7)


def test_no_two_records_share_an_id_and_no_list_holds_a_person_twice(listed):
    ids = [record["record_id"] for record in listed.records]
    on_list = [(r["source"], listed.true_person[r["record_id"]]) for r in listed.records]

    assert len(set(ids)) == len(ids) == len(listed.true_person)
    assert len(set(on_list)) == len(on_list)


def test_the_lists_together_miss_a_hidden_population(listed, country):
    victims = {p.number for p in country if p.truly_victim}

    assert set(listed.true_person.values()) < victims
    assert listed.victims == len(victims)
    assert listed.hidden == len(victims) - listed.listed > 100
    assert sum(listed.overlaps().values()) == listed.listed


def test_each_list_catches_the_share_it_was_given(country):
    found = lists(people(20_000, seed=3), seed=3)

    for place, (source, share) in enumerate(COVERAGE.items()):
        caught = sum(n for pattern, n in found.overlaps().items() if pattern[place])
        assert abs(caught / found.victims - share) < 0.015, source


def test_the_dependent_pair_overlaps_more_than_independence_would_have_it():
    ratio = {}
    for odds_ratio in (1.0, 6.0):
        found = lists(people(20_000, seed=3), seed=3, odds_ratio=odds_ratio)
        both = sum(n for (police, social, *_), n in found.overlaps().items() if police and social)
        ratio[odds_ratio] = both / found.victims / (COVERAGE["police"] * COVERAGE["social_affairs"])

    assert ratio[1.0] == pytest.approx(1, abs=0.12)
    assert ratio[6.0] > 1.6


@given(first=shares, second=shares, odds_ratio=st.floats(0.1, 20))
def test_the_share_on_both_lists_has_the_odds_ratio_asked_for(first, second, odds_ratio):
    both = share_on_both(first, second, odds_ratio)
    neither = 1 - first - second + both

    assert max(0, first + second - 1) <= both <= min(first, second)
    assert isclose(both * neither, odds_ratio * (first - both) * (second - both), rel_tol=1e-4)


def test_without_misspelling_the_records_of_one_person_agree(listed):
    seen = {}
    for record in listed.records:
        told = {column: record[column] for column in COLUMNS if column not in ASIDE}
        assert seen.setdefault(listed.true_person[record["record_id"]], told) == told


def test_misspelling_touches_about_the_share_asked_for(country, listed):
    usual = {p.number: p.latin_name for p in country}
    written = lists(country, seed=7, misspelt=0.3)

    other = sum(
        record["full_name"] != usual[written.true_person[record["record_id"]]]
        for record in written.records
    )

    assert other / len(written.records) == pytest.approx(0.3, abs=0.05)


def test_the_truth_is_written_only_where_it_is_asked_for(listed, tmp_path):
    listed.write_csv(tmp_path / "plain.csv")
    listed.write_csv(tmp_path / "marked.csv", with_truth=True)

    assert _header(tmp_path / "plain.csv") == list(COLUMNS)
    assert _header(tmp_path / "marked.csv") == [*COLUMNS, TRUTH]


def _header(path):
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def test_record_numbers_follow_the_days_and_tell_nothing_of_who_is_the_same(listed):
    police = [r for r in listed.records if r["source"] == "police"]

    assert [r["event_date"] for r in police] == sorted(r["event_date"] for r in police)


def test_the_same_seed_gives_the_same_lists(country, listed):
    assert lists(country, seed=7).records == listed.records
    assert lists(country, seed=8).records != listed.records


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"misspelt": 1.5}, "misspelt is 1.5; expected a share"),
        ({"coverage": {"police": -1}, "dependent": None}, "police is -1"),
        ({"odds_ratio": 0}, "expected a number above 0"),
        ({"dependent": ("police", "nobody")}, "not two of the lists"),
    ],
)
def test_refuses_what_cannot_be_in_one_sentence(wrong, words):
    with pytest.raises(WrongInput, match=words):
        lists([], seed=1, **wrong)
