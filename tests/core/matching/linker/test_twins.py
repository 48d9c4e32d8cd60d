"""Twins share whatever papers hold but the given name: however much it is, they stay two."""

import pytest

from mekhala.core.matching.linker.linking import link_records
from mekhala.core.matching.records import COLUMNS

EMPTY = dict.fromkeys(COLUMNS, "")
AT_HOME = {
    "birth_date": "1991-03-05", "sex": "female", "nationality": "KHM", "event_date": "2025-01-01",
    "province_code": "12", "district_code": "1203", "commune_code": "120304",
    "father_name": "Keo Vanna", "phone": "012 345 678",
}  # fmt: skip
PLACES = ("province_code", "district_code", "commune_code")


def linked(one, other, *, known, **both):
    """Return the probability that two records are one person, of two lists of one record each."""
    told = {**EMPTY, **{column: AT_HOME[column] for column in known}, **both}
    rows = [
        told | {"record_id": "a", "source": "police", "full_name": one},
        told | {"record_id": "b", "source": "shelter", "full_name": other},
    ]
    found = link_records(rows, threshold=0.95, review_from=0.01)
    return found.pairs[0][2] if found.pairs else 0.0


@pytest.mark.parametrize(
    ("other", "known"),
    [
        ("Keo Sokha", ("birth_date", *PLACES, "father_name")),
        ("Keo Sreymao", ("birth_date", "province_code", "district_code", "father_name")),
        ("Keo Bopharith", ("birth_date", "province_code", "district_code")),
        ("Keo Sokha", tuple(AT_HOME)),
    ],
)
def test_twins_are_never_sure_whatever_their_papers_share(other, known):
    assert linked("Keo Sreymom", other, known=known) < 0.95


@pytest.mark.parametrize("born", [{"birth_year": "1991"}, {}])
def test_nor_are_siblings_whose_day_of_birth_is_not_told(born):
    known = (*PLACES, "father_name", "phone", "sex", "nationality")
    told = born | {"mother_name": "Sok Maly", "place_text": "House 12, Street 3, Phum Thmei, Svay"}
    assert linked("Keo Sreymom", "Keo Sokha", known=known, **told) < 0.95


def test_the_same_papers_are_sure_where_the_given_name_is_the_same():
    known = ("birth_date", *PLACES, "father_name")
    assert linked("Keo Sreymom", "Keo Srey Mom", known=known) >= 0.95


def test_an_identity_number_in_common_is_what_twins_do_not_share():
    known = ("birth_date", *PLACES, "father_name")
    assert linked("Keo Sreymom", "Keo Sokha", known=known, national_id="123456789") >= 0.95


def test_people_still_look_at_the_pair():
    known = ("birth_date", "province_code", "district_code", "father_name", "phone")
    assert linked("Keo Sreymom", "Keo Sokha", known=known) >= 0.5
