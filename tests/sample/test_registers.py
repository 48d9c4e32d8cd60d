"""The registers of the invented country: repeatable, as hard as stated, and silent on the truth."""

import csv
import re
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from math import sqrt

import pytest

from mekhala.core.matching.records import COLUMNS, read_records
from mekhala.core.wrong_input import WrongInput
from mekhala.sample.registers import DISTINCT, HABITS, rates, registers
from mekhala.sample.registers.families import BLOCK, people
from mekhala.sample.registers.files import write
from mekhala.sample.registers.inventory import inventory

PEOPLE = 20_000
SOURCES = {habit.source: habit for habit in HABITS}


@pytest.fixture(scope="module")
def true():
    return {person.number: person for person in people(PEOPLE, 5, inventory())}


@pytest.fixture(scope="module")
def kept():
    return list(registers(PEOPLE, 5))


def near(share, count, of):
    """Whether a count is within five standard errors of what a share makes of ``of``."""
    return abs(count - share * of) < 5 * sqrt(share * (1 - share) * of) + 1


def test_the_same_seed_gives_the_same_registers_and_another_seed_others():
    assert list(registers(300, 5)) == list(registers(300, 5))
    assert list(registers(300, 5)) != list(registers(300, 6))


def test_the_records_of_a_smaller_country_are_among_those_of_a_larger():
    smaller, larger = (
        {entry.record["record_id"]: entry for entry in registers(n, 5)} for n in (700, 2500)
    )

    assert smaller.items() <= larger.items()
    assert len(smaller) < len(larger)


def test_ids_are_unique_and_their_order_tells_nothing_of_the_people(kept):
    ids = [entry.record["record_id"] for entry in kept]
    first = sorted(kept[:2000], key=lambda entry: entry.record["record_id"].split("-")[1])
    neighbours = sum(a.person == b.person for a, b in pairwise(first))

    assert len(set(ids)) == len(ids)
    assert neighbours < 10


def test_the_file_of_records_holds_no_truth_and_the_truth_no_names(tmp_path):
    counts = write(tmp_path / "made", 400, 5)
    records = (tmp_path / "made" / "records.csv").read_text(encoding="utf-8")
    with (tmp_path / "made" / "truth.csv").open(encoding="utf-8") as lines:
        truth = list(csv.DictReader(lines))

    assert tuple(records.splitlines()[0].split(",")) == COLUMNS
    assert len(read_records(records)) == len(truth) == counts["records"]
    assert set(truth[0]) == {"source", "record_id", "true_person"}
    assert len({row["true_person"] for row in truth}) == counts["listed"] < 400


def test_a_folder_that_is_there_is_left_alone(tmp_path):
    with pytest.raises(WrongInput, match="is there already"):
        write(tmp_path, 10, 1)
    assert list(tmp_path.iterdir()) == []


def test_a_list_declared_distinct_holds_nobody_twice_and_others_do_as_stated(kept):
    held = defaultdict(Counter)
    for record, person in kept:
        held[record["source"]][person] += 1

    for source, habit in SOURCES.items():
        twice = sum(count > 1 for count in held[source].values())
        assert near(habit.again, twice, len(held[source])), source
    assert set(DISTINCT) == {source for source in held if max(held[source].values()) == 1}


def test_each_list_reaches_the_share_of_khmer_people_it_says(kept, true):
    khmer = {number for number, person in true.items() if person.name.nationality == "KHM"}
    for source, habit in SOURCES.items():
        on = {person for record, person in kept if record["source"] == source} & khmer
        assert near(habit.reaches, len(on), len(khmer)), source


def test_twins_siblings_and_namesakes_are_as_common_as_stated(true):
    kinds = Counter(person.of for person in true.values())
    after_another = PEOPLE - PEOPLE // BLOCK

    for kind, share in (("twin", rates.TWIN), ("sibling", rates.SIBLING),
                        ("namesake", rates.NAMESAKE)):  # fmt: skip
        assert near(share, kinds[kind], after_another), kind


def test_twins_share_family_birth_place_and_parents_but_not_the_given_name(true):
    twins = [(true[n - 1], p) for n, p in true.items() if p.of == "twin"]

    assert twins
    for first, second in twins:
        assert first.birth == second.birth
        assert first.home is second.home
        assert first.father is second.father
        assert first.name.family == second.name.family
        assert first.name.given != second.name.given


def test_namesakes_share_name_sex_and_village_and_are_two_years_apart_at_most(true):
    for first, second in ((true[n - 1], p) for n, p in true.items() if p.of == "namesake"):
        assert (first.name, first.sex, first.home) == (second.name, second.sex, second.home)
        assert abs((first.birth.on - second.birth.on).days) <= 730
        assert first.father is not second.father


def test_what_goes_wrong_goes_wrong_as_often_as_stated(kept, true):
    sexed = [(r["sex"], true[p].sex) for r, p in kept if r["sex"] and true[p].sex != "other"]
    years = [(r["birth_date"], true[p]) for r, p in kept
             if re.fullmatch(r"\d{4}-\d\d-\d\d", r["birth_date"])]  # fmt: skip
    moved = [person for person in true.values() if person.home]

    assert near(rates.WRONG_SEX, sum(a != b for a, b in sexed), len(sexed))
    assert near(rates.YEAR_OFF, sum(int(d[:4]) != p.birth.believed for d, p in years), len(years))
    assert near(rates.MOVED, sum(p.living is not p.home for p in moved), len(moved))


def test_births_are_known_as_well_as_stated(true):
    known = Counter(p.birth.known for p in true.values() if p.of in ("", "sibling", "namesake"))

    for how, share in rates.BIRTH_KNOWN.items():
        assert near(share, known[how], known.total()), how


def test_half_empty_rows_and_rows_that_hardly_say_a_thing_are_there_as_stated(kept):
    for source, habit in SOURCES.items():
        ours = [record for record, _ in kept if record["source"] == source]
        nameless = [r for r in ours if not any(r[c] for c in
                    ("full_name", "name_km", "given_name", "family_name"))]  # fmt: skip
        assert near(habit.nearly_nothing, len(nameless), len(ours)), source
        said = {"record_id", "source", "event_date", "sex", "full_name", "name_km", "given_name",
                "family_name"}  # fmt: skip
        bare = [r for r in ours if {c for c in r if r[c]} <= said and r not in nameless]
        assert len(bare) >= habit.half_empty * len(ours) - 5 * sqrt(len(ours) * 0.1), source


def test_a_few_family_names_cover_a_large_part_of_the_people(true):
    family = Counter(p.name.family[0].native for p in true.values()
                     if p.name.nationality == "KHM" and p.name.family)  # fmt: skip
    first_ten = sum(count for _, count in family.most_common(10))

    assert 0.2 < first_ten / family.total() < 0.6
    assert len(family) > 150


def test_one_person_is_written_in_two_scripts_and_in_several_spellings(kept):
    latin, native = defaultdict(set), defaultdict(set)
    for record, person in kept:
        latin[person].add(record["full_name"].upper())
        native[person].add(record["name_km"])

    assert sum(len(names - {""}) > 1 for names in latin.values()) > 0.05 * PEOPLE
    both = sum(bool(latin[p] - {""}) and bool(native[p] - {""}) for p in latin)
    assert both > 0.2 * PEOPLE


def test_dates_come_in_the_ways_agencies_write_them(kept):
    dates = {record["birth_date"] for record, _ in kept}
    years = {record["birth_year"] for record, _ in kept}

    for way in (r"\d{4}-\d\d-\d\d", r"\d\d/\d\d/\d{4}", r"[០-៩]{2}/[០-៩]{2}/[០-៩]{4}"):
        assert any(re.fullmatch(way, date, re.ASCII) for date in dates), way
    for way in (r"about \d{4}", r"ប្រហែល [០-៩]{4}", r"year of the goat( \d{4})?", r"ឆ្នាំមមែ.*"):
        assert any(re.fullmatch(way, year) for year in years), way


def test_every_number_of_a_card_says_that_it_is_invented(kept):
    assert {r["national_id"][:3] for r, _ in kept if r["national_id"]} == {"INV"}


def test_codes_of_place_are_those_of_one_village_of_the_gazetteer(kept, true):
    known = {(v.code, v.commune_code, v.district_code, v.province_code)
             for person in true.values() for v in (person.home, person.living) if v}  # fmt: skip
    for level in range(4):
        columns = ("village_code", "commune_code", "district_code", "province_code")[level:]
        codes = {place[level:] for place in known}
        said = {tuple(r[c] for c in columns) for r, _ in kept if r[columns[0]]}
        assert said <= codes, columns


def test_more_names_come_from_a_file_and_a_file_without_a_column_is_refused(tmp_path):
    file = tmp_path / "names.csv"
    file.write_text("locale,part,sex,native,roman\nkm_KH,family,,ពពាយ,Popeay\n", encoding="utf-8")
    lacking = tmp_path / "lacking.csv"
    lacking.write_text("locale,native\nkm_KH,ពពាយ\n", encoding="utf-8")

    assert any("ពពាយ" in r["name_km"] or "ពពាយ" in r["father_name"]
               for r, _ in registers(4000, 5, names=file))  # fmt: skip
    with pytest.raises(WrongInput, match="no column part"):
        next(registers(10, 5, names=lacking))


def test_names_are_made_without_the_part_of_the_core_that_compares_them():
    code = (
        "import sys; from mekhala.sample.registers import registers; list(registers(50, 1)); "
        "print([m for m in sys.modules if m.startswith('mekhala.core.names') or m == 'django'])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "[]"
