from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.matching.reviewed import Answer, joint, people_after

S, D, U = Answer


def same(people, *records):
    return len({people[r] for r in records}) == 1


@pytest.mark.parametrize(
    ("answers", "together"),
    [
        ([], None), ([S], None), ([S, S], S), ([D, D], D), ([U, U], U),
        ([S, D], None), ([S, U], None), ([S, D, S], S), ([U, D, D], D), ([S, D, U], U),
    ],
)  # fmt: skip
def test_two_that_agree_decide_and_a_third_where_they_do_not(answers, together):
    assert joint(answers) is together


def test_without_review_the_linkers_people_stand():
    linked = {1: 10, 2: 10, 3: 30, 4: 30, 5: 50}

    found = people_after(linked, [((1, 2), 0.99)], {})  # (3, 4) was joined by a pair not kept

    assert found.people == {1: 1, 2: 1, 3: 2, 4: 2, 5: 3}


def test_a_pair_said_to_be_one_person_is_joined():
    assert same(people_after({1: 1, 2: 2, 3: 2}, [((2, 3), 0.99)], {(1, 2): S}).people, 1, 2, 3)


def test_a_pair_said_to_be_different_is_kept_apart_at_its_weakest_tie():
    linked = dict.fromkeys((1, 2, 3), 1)

    found = people_after(linked, [((1, 2), 0.99), ((2, 3), 0.96)], {(1, 3): D}).people

    assert same(found, 1, 2)
    assert not same(found, 1, 3)


def test_answers_that_contradict_each_other_keep_apart_and_are_told():
    linked = {1: 1, 2: 2, 3: 3}

    found = people_after(linked, [], {(1, 2): S, (2, 3): S, (1, 3): D})

    assert found.against == ((2, 3),)
    assert not same(found.people, 1, 3)


def test_cannot_tell_leaves_the_linkers_answer():
    linked = {1: 1, 2: 1, 3: 3}

    found = people_after(linked, [((1, 2), 0.97)], {(1, 2): U, (2, 3): U}).people

    assert same(found, 1, 2)
    assert not same(found, 2, 3)


RECORDS = range(1, 9)
linkers = st.fixed_dictionaries({r: st.integers(1, 4) for r in RECORDS})
answers = st.dictionaries(
    st.sampled_from(list(combinations(RECORDS, 2))), st.sampled_from(list(Answer))
)


@given(linkers, answers)
def test_no_two_records_said_to_be_different_are_one_person(linked, judged):
    pairs = [(p, 0.96) for p in combinations(RECORDS, 2) if linked[p[0]] == linked[p[1]]]

    found = people_after(linked, pairs, judged)

    assert set(found.people) == set(linked)
    for pair, said in judged.items():
        together = same(found.people, *pair)
        assert not (said is D and together)
        assert said is not S or together or pair in found.against


@given(linkers)
def test_nothing_changes_where_nothing_was_said(linked):
    found = people_after(linked, [], {}).people

    assert all(same(found, a, b) == (linked[a] == linked[b]) for a, b in combinations(RECORDS, 2))
