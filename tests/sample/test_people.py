import re
import sys
from collections import Counter
from pathlib import Path
from subprocess import run

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.reasoning.indicators import Origin, indicators
from mekhala.core.reasoning.profiles import Profile
from mekhala.core.reasoning.screening import screen
from mekhala.core.wrong_input import WrongInput
from mekhala.sample.draws import Draws
from mekhala.sample.names import NamePart, invent_name, parts, respell
from mekhala.sample.people import people
from mekhala.sample.places import communes

KHMER = re.compile(r"[\u1780-\u17d3]+ [\u1780-\u17d3]+")
THAI = re.compile(r"[\u0e01-\u0e4e]+ [\u0e01-\u0e4e]+")
PALERMO_PURPOSES = {
    "purpose.prostitution_of_others",
    "purpose.pornography",
    "purpose.forced_labour",
    "purpose.servitude",
    "purpose.debt_bondage",
    "purpose.forced_begging",
    "purpose.forced_criminality",
    "purpose.forced_marriage",
}


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32), n=st.integers(0, 40))
def test_the_same_seed_makes_the_same_people(seed, n):
    assert list(people(n, seed)) == list(people(n, seed))


def test_another_seed_makes_other_people(country):
    others = list(people(100, seed=8))

    assert [p.latin_name for p in others] != [p.latin_name for p in country[:100]]


def test_a_small_country_is_the_beginning_of_a_larger_one(country):
    assert list(people(50, seed=7)) == list(country[:50])


def test_children_men_and_many_nationalities_are_among_them(country):
    sexes = Counter(p.sex for p in country)
    nationalities = Counter(p.nationality for p in country)

    assert sexes["male"] > 900
    assert sexes["other"] > 30
    assert sum(p.true_age < 18 for p in country) > 400
    assert {"KHM", "VNM", "THA", "CHN"} <= set(nationalities)
    assert all(nationalities[each] > 50 for each in ("KHM", "VNM", "THA", "CHN"))


def test_men_and_boys_are_among_the_true_victims_of_scams_and_fishing(country):
    found = {p.situation for p in country if p.sex == "male" and p.truly_victim}

    assert {"scam_compound", "fishing_boat", "brick_kiln", "begging_for_others"} <= found


def test_unknown_facts_and_unknown_ages_are_present(country):
    answers = Counter(value for p in country for value in p.facts.values())

    assert set(answers) == {"yes", "no", "unknown"}
    assert answers["unknown"] > 1000
    assert all((p.age is None) == (p.age_certainty == "unknown") for p in country)
    assert sum(p.age is None for p in country) > 100


def test_whoever_is_not_known_to_be_an_adult_is_screened_as_a_child(country):
    unknown = [p for p in country if p.age is None]

    assert all(p.profile.startswith(("child_", "forced_criminality")) for p in unknown)
    assert all(screen(p.screen_input("x"))["exploitation_is_enough"] for p in unknown)


def test_every_list_of_signs_fits_whom_it_was_chosen_for(country):
    assert {p.profile for p in country} == set(Profile)
    assert all(screen(p.screen_input("x"))["list_fits"] for p in country)


def test_only_true_victims_were_exploited_for_a_purpose_the_protocol_names(country):
    for person in country:
        assert (person.exploitation in PALERMO_PURPOSES) == person.truly_victim


def test_khmer_and_thai_names_are_written_in_their_own_letters_only(country):
    for person in country:
        if person.nationality == "KHM":
            assert KHMER.fullmatch(person.native_name), ascii(person.native_name)
        if person.nationality == "THA":
            assert THAI.fullmatch(person.native_name), ascii(person.native_name)
        assert person.latin_name.isascii()


def test_there_are_enough_common_parts_of_names():
    khmer_given = set(parts()["KHM", "given", "other"])

    assert len(khmer_given) >= 60
    assert len(parts()["KHM", "family", "other"]) >= 40
    assert all(isinstance(part, NamePart) and part.spellings for part in khmer_given)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    nationality=st.sampled_from(["KHM", "VNM", "THA", "CHN", "IDN", "PHL", "MMR"]),
    sex=st.sampled_from(["female", "male", "other"]),
)
def test_a_respelt_name_is_never_the_usual_spelling(seed, nationality, sex):
    draws = Draws(seed, "a test")
    name = invent_name(draws, nationality=nationality, sex=sex)

    spelt, _ = respell(draws, name)

    assert spelt != name.latin
    assert len(spelt) >= 3


def test_cambodians_come_from_a_commune_of_the_gazetteer(country):
    known = {commune.code for commune in communes()}

    for person in country:
        assert (person.commune_code in known) == (person.nationality == "KHM")
        assert (person.province_code or "") == (person.commune_code or "")[:2]


def test_a_number_of_identity_says_that_it_is_invented_and_is_nobody_elses(country):
    numbers = [p.national_id for p in country if p.national_id]

    assert all(re.fullmatch(r"INV\d{9}", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_refuses_a_negative_number_in_one_sentence():
    with pytest.raises(WrongInput, match=r"n=-1.*0 or greater"):
        people(-1, seed=0)


def test_the_facts_and_indicators_are_those_of_the_contract(country):
    contract = Path(__file__).resolve().parents[3] / "shared" / "contract"
    if not contract.is_dir():
        pytest.skip("the contract's tables are not beside this repository")
    facts = _codes(contract / "facts.csv")
    published = _codes(contract / "ilo_indicators.csv")

    ours = {i.code for i in indicators().values() if i.origin is not Origin.ILO_EC_2009}
    assert {code for p in country for code in p.facts} <= facts
    assert {code for p in country for code in p.indicators} <= published | ours


def _codes(path):
    return {line.split(",", 1)[0] for line in path.read_text(encoding="utf-8").splitlines()[1:]}


def test_needs_no_django():
    code = (
        "import sys, mekhala.sample.journeys, mekhala.sample.lists; print('django' in sys.modules)"
    )

    told = run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_env())

    assert told.stdout.strip() == "False"


def _env():
    import os

    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
