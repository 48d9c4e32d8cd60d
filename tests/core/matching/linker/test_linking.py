"""Whole registers linked: a known truth is found again, and what is not known is not guessed."""

from collections import Counter

import pytest

from mekhala.core.matching.linker.linking import link_records
from mekhala.core.matching.linker.model import default_model
from mekhala.core.matching.linker.report import report
from mekhala.core.wrong_input import WrongInput
from mekhala.sample.registers import DISTINCT

from .invented import record, sample

PEOPLE = 1600


@pytest.fixture(scope="module")
def registers():
    return sample(PEOPLE, seed=3)


@pytest.fixture(scope="module")
def linked(registers):
    return link_records(registers[0], distinct=DISTINCT, seed=1, on="2026-11-22")


def pairs_within(groups):
    return sum(n * (n - 1) // 2 for n in groups)


def test_people_are_found_again_and_hardly_anybody_is_joined_wrongly(registers, linked):
    _, truth = registers
    sizes = Counter(truth.values()).values()
    right = sum(
        pairs_within(Counter(truth[key] for key in person.records).values())
        for person in linked.people
    )
    told = pairs_within(len(person.records) for person in linked.people)

    assert right >= 0.985 * told
    assert right >= 0.25 * pairs_within(sizes)


def test_pairs_told_are_mostly_true_and_in_order(registers, linked):
    written, truth = registers
    names = [(r["source"], r["record_id"]) for r in written]
    right = [truth[names[a]] == truth[names[b]] for a, b, p in linked.pairs if p >= 0.95]

    assert sum(right) >= 0.99 * len(right)
    assert list(linked.pairs) == sorted(linked.pairs)
    assert all(0.5 <= p <= 1 for _, _, p in linked.pairs)


def test_every_record_is_in_exactly_one_person(registers, linked):
    held = [key for person in linked.people for key in person.records]

    assert len(held) == len(set(held)) == len(registers[0])


def test_no_person_is_twice_on_a_list_that_holds_each_once(linked):
    for person in linked.people:
        lists = Counter(source for source, _ in person.records if source in DISTINCT)
        assert not lists or max(lists.values()) == 1


def test_the_same_records_and_seed_give_the_same_people(registers, linked):
    again = link_records(registers[0], distinct=DISTINCT, seed=1, on="2026-11-22")

    assert again.people == linked.people
    assert again.pairs == linked.pairs
    assert again.model == linked.model


def test_a_model_that_was_kept_is_used_as_it_stands(registers):
    found = link_records(registers[0][:300], model=default_model())

    assert found.model.comparisons == default_model().comparisons


def test_records_with_almost_nothing_in_them_are_left_unlinked():
    girls = [record(record_id=str(n), source="hotline", place_text="Poipet") for n in range(5)]
    named = [record(record_id=str(n), source="court", full_name="Sok Dara") for n in range(5)]
    found = link_records(girls + named)

    assert found.unlinkable == 10
    assert found.pairs == ()
    assert len(found.people) == 10


@pytest.mark.parametrize("place", ["Ho Chi Minh City", "Long An", "Prey Veng Province"])
def test_two_records_of_a_name_and_a_province_in_words_are_never_proposed(place):
    said = {"full_name": "Thi Thao Le", "sex": "female", "place_text": place}
    found = link_records([record(record_id=s, source=s, **said) for s in ("hotline", "court")])

    assert found.compared == 0
    assert found.pairs == ()


@pytest.mark.parametrize(
    "more", [{"birth_year": "1991"}, {"place_text": "8 Stanley Street Long An"},
             {"place_text": "Treang District, Takeo Province"}, {"phone": "012345678"}],
)  # fmt: skip
def test_such_a_record_is_compared_with_one_that_says_more(more):
    vague = record(record_id="1", source="a", full_name="Thi Thao Le", place_text="Long An")
    found = link_records([vague, vague | {"record_id": "2", "source": "b"} | more])

    assert found.compared == 1
    assert found.unlinkable == 0


def test_what_cannot_be_read_is_told_and_counts_as_unknown():
    said = {"full_name": "Sok Dara", "birth_date": "in the dry season", "district_code": "0102"}
    found = link_records([record(record_id="1", source="a", **said)])

    assert found.unread == {"birth_date": 1}


def test_an_engine_that_is_none_is_refused():
    with pytest.raises(WrongInput, match="duckdb or spark"):
        link_records([record(record_id="1", source="a")], engine="abacus")


def test_the_report_shows_weights_in_words_and_no_names(registers, linked):
    summary = {"records": 1, "people": 1, "pairs": 1, "review_from": 0.5}
    page = report(linked, summary)
    names = {r["full_name"] for r in registers[0] if len(r["full_name"]) > 6}

    assert "<script" not in page
    assert page.count("<svg") == 2
    assert "The names are written differently and sound the same." in page
    assert not [name for name in names if name in page]


HOME = {"phone": "012345678", "father_name": "Sok Vibol", "mother_name": "Keo Maly",
        "village_code": "01020304", "commune_code": "010203", "district_code": "0102",
        "province_code": "01"}  # fmt: skip
BORN = {"birth_date": "1991-03-05", "national_id": "ID1234567"}


@pytest.mark.parametrize(
    ("nationalities", "size"), [(("", ""), 3), (("KHM", ""), 3), (("VNM", "KHM"), 2)]
)
def test_two_that_say_little_of_each_other_meet_through_a_third_unless_they_speak_against_it(
    nationalities, size
):
    birth, home = (record(record_id=s, source=s, full_name=n, nationality=k, **said)
                   for s, n, k, said in zip(("a", "c"), ("Sok Dara", "Dara"), nationalities,
                                            (BORN, HOME), strict=True))  # fmt: skip
    both = record(record_id="b", source="b", full_name="Sok Dara", **BORN, **HOME)
    found = link_records([*sample(300, seed=9)[0], birth, both, home], model=default_model())

    (person,) = [one.records for one in found.people if ("b", "b") in one.records]
    assert len(person) == size
