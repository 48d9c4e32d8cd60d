"""Pairs joined into people, best first; what cannot be one person never is."""

from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.matching.linker.clusters import joined, one_to_one, people

pairs = st.lists(
    st.tuples(st.integers(0, 9), st.integers(10, 19), st.sampled_from((0.95, 0.97, 0.99))),
    max_size=25, unique_by=lambda p: p[:2],
)  # fmt: skip


def test_the_better_of_two_candidates_in_a_distinct_list_is_taken():
    groups, refused = joined([(0, 1, 0.96), (0, 2, 0.99)], alone={1: 0, 2: 0})

    assert groups == [[0, 2]]
    assert refused == [(0, 1, 0.96)]


def test_no_chain_brings_two_records_of_a_distinct_list_together():
    groups, _ = joined([(0, 2, 0.99), (1, 2, 0.98)], alone={0: 0, 1: 0})

    assert groups == [[0, 2]]


def test_what_is_clearly_two_people_stays_apart_in_a_group():
    groups, refused = joined([(0, 1, 0.99), (1, 2, 0.98)], alone={}, apart=[(0, 2)])

    assert groups == [[0, 1]]
    assert len(refused) == 1


@given(pairs, st.sets(st.integers(0, 19)), st.randoms())
def test_groups_never_hold_two_of_a_list_and_do_not_depend_on_the_order(found, listed, chance):
    alone = {record: record % 2 for record in listed}
    groups, _ = joined(found, alone=alone)
    shuffled = list(found)
    chance.shuffle(shuffled)

    assert joined(shuffled, alone=alone)[0] == groups
    for group in groups:
        lists = [alone[record] for record in group if record in alone]
        assert len(lists) == len(set(lists))


@given(pairs)
def test_one_to_one_gives_each_record_one_counterpart_in_a_list(found):
    alone = dict.fromkeys(range(10), 0) | dict.fromkeys(range(10, 20), 1)
    kept = one_to_one(found, alone)

    assert len({a for a, _, _ in kept}) == len(kept) == len({b for _, b, _ in kept})


def test_every_record_is_somebody():
    records = [("a", "1"), ("b", "1"), ("b", "2")]
    found = people([[0, 2]], records)

    assert [c.records for c in found] == [(("a", "1"), ("b", "2")), (("b", "1"),)]
