"""Statistics that leave carry no id, no words, no exact day, no small place, no agency (R-23)."""

import re

import pytest
from django.db import connection

from mekhala.core.vocabulary.places import provinces
from mekhala.population.linkage.models import RegisterEntry
from mekhala.safeguards.agencies.models import Agency
from tests.builders import agency
from tests.web.test_public_figures import SLUG, public, table  # noqa: F401 - fixtures

IDS = re.compile(r"\b(?:MK|PR|AC|RG)-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")
PAGES = ["", f"{SLUG}/", f"{SLUG}.csv", f"{SLUG}-with-notes.csv"]
BAND = re.compile(r"\d+-\d+|\d+\+|several|purpose\.\w+|unknown|female|male|other")


def test_what_is_counted_has_no_place_for_more_than_bands():
    columns = {field.name for field in RegisterEntry._meta.get_fields()} - {"id"}
    assert columns == {"year", "sex", "age_band", "exploitation", "province_code"}


def test_a_released_table_holds_codes_of_bands_and_provinces_only(table):  # noqa: F811
    for cell in table.cells:
        told = {name: code for name, code in cell.items() if name != "count"}
        assert told.keys() <= {"sex", "age_band", "exploitation", "province_code"}
        for name, code in told.items():
            assert (
                code in {*provinces(), "unknown"}
                if name == "province_code"
                else BAND.fullmatch(code)
            ), cell


@pytest.mark.parametrize("page", PAGES)
def test_what_the_public_door_hands_out_names_no_file_no_agency_and_no_day(
    db,
    public,  # noqa: F811
    table,  # noqa: F811
    page,
):
    for n in range(3):
        agency(name=f"Zxqwern house {n}")
    body = public.get(f"/figures/{page}").text
    assert not IDS.search(body)
    assert not [n for n in Agency.objects.values_list("name", flat=True) if n in body]
    assert set(DAY.findall(body)) <= {table.released_on.isoformat()}


@pytest.mark.parametrize("kept", ["linkage_registerentry", "encounter_refusalcount"])
def test_the_public_role_reads_no_count_before_it_is_released(db, kept):
    with connection.cursor() as cursor:
        cursor.execute("select has_table_privilege('mekhala_public', %s, 'select')", [kept])
        assert cursor.fetchone() == (False,)
