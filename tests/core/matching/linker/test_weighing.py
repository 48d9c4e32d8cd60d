"""One pair weighed in plain Python: what speaks for and against, in words and without values."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings

from mekhala.core.matching.linker.blocking import blocking_keys
from mekhala.core.matching.linker.likeness import damerau, jaro_winkler, levenshtein
from mekhala.core.matching.linker.model import Model, default_model
from mekhala.core.matching.linker.prepared import prepared
from mekhala.core.matching.linker.weighing import waterfall, weigh
from mekhala.core.wrong_input import WrongInput

from .invented import record, records

SHELTER = record(full_name="ស្រីមុំ", birth_date="1991-06-05", sex="F", village_code="01020304")
POLICE = record(full_name="Srey Mom", birth_date="about 1991", sex="female", district_code="0102")
TWIN = record(
    full_name="Sok Dara", birth_date="2001-03-05", sex="F", village_code="01020304",
    father_name="Sok Kim", mother_name="Chan Thy",
)  # fmt: skip


def bits_of(left, right):
    return {part.field: part.bits for part in weigh(left, right).parts}


def test_one_woman_in_two_scripts_weighs_for_and_says_why():
    weighed = weigh(SHELTER, POLICE)
    told = {part.field: part for part in weighed.parts}

    assert told["name"].level == "same_sound"
    assert told["birth"].level == "fits"
    assert told["place"].level == "district"
    assert all(told[field].bits > 0 for field in ("name", "birth", "place", "sex"))
    assert "sound the same" in told["name"].because


def test_the_parts_add_up_to_the_whole():
    weighed = weigh(SHELTER, POLICE)

    assert weighed.bits == pytest.approx(weighed.prior_bits + sum(p.bits for p in weighed.parts))
    assert waterfall(weighed)[-1]["to"] == pytest.approx(weighed.bits)


@settings(max_examples=60, deadline=None)
@given(records, records)
def test_what_is_unknown_weighs_nothing_and_no_value_is_told(one, other):
    weighed = weigh(one, other)

    assert 0 <= weighed.probability <= 1
    for part in weighed.parts:
        assert part.level != "unknown" or part.bits == 0
        for value in filter(lambda v: len(v) > 3 and v[0].isupper(), one.values()):
            assert value not in part.because


def test_a_twin_is_not_taken_for_her_sister():
    sister = TWIN | {"full_name": "Sok Sophea"}

    assert weigh(TWIN, TWIN).probability > 0.999
    assert weigh(TWIN, sister).probability < 0.95
    assert bits_of(TWIN, sister)["relatives"] < 0


def test_a_common_name_weighs_less_than_a_rare_one():
    common = max(default_model().frequencies, key=default_model().frequencies.get)
    assert default_model().frequency(common) > 20 * default_model().least_frequency


def test_two_dates_that_are_told_and_differ_weigh_against():
    other = TWIN | {"birth_date": "2001-08-19"}

    assert bits_of(TWIN, other)["birth"] < -3


def test_a_telephone_of_a_household_never_weighs_more_than_a_village():
    phones = record(full_name="Sok Dara", phone="012345678", father_name="Sok Kim")

    assert bits_of(phones, phones)["household"] <= 9


@pytest.mark.parametrize("name", ["Chan Kœm", "Nguyễn Thị Đào", "Chan Kħm", "Łukasz Ærø"])
def test_letters_are_compared_as_plain_ones_for_engines_count_others_each_in_their_way(name):
    latin = prepared(record(full_name=name)).name.latin

    assert latin is None or latin.isascii()
    assert weigh(record(full_name="Chan Kœm"), record(full_name="Chan Koem")).parts[0].level in (
        "same_native", "same_latin",
    )  # fmt: skip


def test_who_is_found_in_the_register_shares_a_key():
    assert blocking_keys(SHELTER) & blocking_keys(POLICE)


@pytest.mark.parametrize(
    "said",
    [{}, {"sex": "girl", "place_text": "Poipet"}, {"full_name": "Sok Dara", "sex": "f"},
     {"full_name": "Sok Dara", "province_code": "01"}],
)  # fmt: skip
def test_a_record_that_says_almost_nothing_is_looked_for_nowhere(said):
    assert blocking_keys(record(**said)) == frozenset()


def test_a_model_is_kept_and_read_again():
    assert Model.loads(default_model().dumps()) == default_model()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"version": 99}', '{"version": 1}'])
def test_what_is_no_model_is_refused_in_one_sentence(text):
    with pytest.raises(WrongInput, match=r"m\.json"):
        Model.loads(text, "m.json")


@pytest.mark.parametrize(
    ("field", "value"),
    [("prior", "0) or (1=1"), ("temper", True), ("least_frequency", -1), ("m", "1"), ("u", 2)],
)
def test_a_model_holds_shares_and_nothing_that_could_be_run(field, value):
    document = json.loads(default_model().dumps())
    place = next(iter(document["comparisons"].values()))[0] if field in "mu" else document
    place[field] = value
    with pytest.raises(WrongInput, match="no share from 0 to 1"):
        Model.loads(json.dumps(document))


def test_weighing_loads_neither_splink_nor_duckdb_nor_pandas():
    code = (
        "import sys, mekhala.core.matching.linker.weighing, mekhala.core.matching.linker.blocking;"
        "print({'splink', 'duckdb', 'pandas', 'pyarrow'} & set(sys.modules))"
    )
    paths = {"PYTHONPATH": ":".join(sys.path)}
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=paths, check=False
    )

    assert said.stdout.strip() == "set()", said.stderr


@pytest.mark.parametrize(
    ("one", "other", "changes", "swaps", "alike"),
    [("martha", "marhta", 2, 1, 0.9611), ("dwayne", "duane", 2, 2, 0.84), ("", "abc", 3, 3, 0.0),
     ("dixon", "dicksonx", 4, 4, 0.8133)],
)  # fmt: skip
def test_likeness_is_counted_as_published(one, other, changes, swaps, alike):
    assert levenshtein(one, other) == changes
    assert damerau(one, other) == swaps
    assert jaro_winkler(one, other) == pytest.approx(alike, abs=1e-4)
