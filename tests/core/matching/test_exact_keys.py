import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.estimation.tables import read_overlaps, write_overlaps
from mekhala.core.matching.exact_keys import Entry, join, keys_of, overlaps, tokens_of
from mekhala.core.wrong_input import WrongInput

DARA = {
    "full_name": "Sok Dara",
    "birth_date": "1991-03-05",
    "sex": "f",
    "national_id": "010 203 405",
}


def test_one_person_written_two_ways_has_the_same_keys():
    other = {"family_name": "DARA", "given_name": "sok", "birth_year": "១៩៩១", "sex": "ស្រី",
             "national_id": "០១០២០៣៤០៥"}  # fmt: skip

    assert keys_of(DARA) == keys_of(other)
    assert {key.kind for key in keys_of(DARA)} == {"national_id", "name_latin"}


def test_native_and_latin_names_make_keys_of_their_own():
    found = keys_of({**DARA, "name_km": "សុខ ដារា"})

    assert {key.kind for key in found} == {"national_id", "name_latin", "name_native"}


@pytest.mark.parametrize(
    "unknown",
    [
        {"sex": ""},
        {"sex": "unknown"},
        {"birth_date": ""},
        {"birth_date": "about 1991"},
        {"birth_date": "year of the goat"},
        {"birth_year": "1990"},  # disagrees with the date
        {"full_name": "Unknown"},
        {"full_name": "Dara"},
        {"full_name": "", "family_name": "Sok"},
    ],
)
def test_an_unknown_part_makes_no_name_key(unknown):
    assert {key.kind for key in keys_of({**DARA, **unknown})} == {"national_id"}


@pytest.mark.parametrize("number", ["", "-", "unknown", "12345", "000000000", "none"])
def test_what_stands_in_for_a_number_makes_no_key(number):
    assert "national_id" not in {key.kind for key in keys_of({**DARA, "national_id": number})}


def test_a_record_that_knows_nothing_has_no_keys():
    assert keys_of({}) == frozenset()


def test_tokens_are_asked_for_once_with_every_distinct_key():
    asked = []

    def turn(strings):
        asked.append(strings)
        return [f"<{string}>" for string in strings]

    found = tokens_of([DARA, {}, {"national_id": "010203405"}], turn)
    assert asked == [["name_latin\x1fdara sok\x1f1991\x1ffemale", "national_id\x1f010203405"]]
    assert found[0] == {f"<{string}>" for string in asked[0]}
    assert found[1:] == [frozenset(), {"<national_id\x1f010203405>"}]


def test_where_nothing_is_known_nothing_is_asked():
    assert tokens_of([{}], None) == [frozenset()]


def entry(source, number, *tokens):
    return Entry(source=source, record_id=str(number), tokens=frozenset(tokens))


def test_records_joined_through_a_third_are_one_person():
    found = join(
        [entry("c", 1, "y", "z"), entry("a", 1, "x"), entry("b", 1, "x", "y"), entry("b", 2)]
    )

    assert [c.records for c in found] == [(("a", "1"), ("b", "1"), ("c", "1")), (("b", "2"),)]
    assert [c.person_id for c in found] == ["person-1", "person-2"]


def test_records_without_tokens_are_never_joined():
    assert len(join([entry("a", n) for n in range(5)])) == 5


def test_an_entry_given_twice_is_refused():
    with pytest.raises(WrongInput, match="'1' of a is there twice"):
        join([entry("a", 1), entry("a", 1)])


def test_overlaps_count_persons_by_the_lists_they_are_on():
    found = overlaps(
        join([entry("a", 1, "x"), entry("b", 1, "x"), entry("a", 2), entry("a", 3, "x")])
    )

    assert found.lists == ("a", "b")
    assert dict(zip(found.histories, found.counts, strict=True)) == {(1, 0): 1, (1, 1): 1}
    assert read_overlaps(write_overlaps(found)) == found


def test_one_source_has_no_overlaps():
    with pytest.raises(WrongInput, match="expected two or more"):
        overlaps(join([entry("a", 1), entry("a", 2)]))


entries = st.lists(
    st.tuples(st.sampled_from("abc"), st.frozensets(st.sampled_from("uvwxyz"), max_size=2)),
    max_size=12,
).map(lambda rows: [entry(s, i, *t) for i, (s, t) in enumerate(rows)])  # fmt: skip


@given(entries, st.randoms())
def test_the_order_of_entries_never_changes_who_is_who(given_entries, random):
    shuffled = random.sample(given_entries, len(given_entries))

    assert join(shuffled) == join(given_entries)


@given(entries)
def test_every_record_is_one_person_and_sharing_a_token_is_the_same_person(given_entries):
    found = join(given_entries)

    person = {name: c.person_id for c in found for name in c.records}
    assert sorted(person) == sorted((e.source, e.record_id) for e in given_entries)
    for one in given_entries:
        for other in given_entries:
            if one.tokens & other.tokens:
                assert person[one.source, one.record_id] == person[other.source, other.record_id]
