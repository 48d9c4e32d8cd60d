"""Each count names its definition and the version of it, in one register of definitions."""

import re
from pathlib import Path

from mekhala.population.publication.concepts import BY_CODE, CONCEPTS
from tests.builders import officer

TEMPLATES = Path(__file__).parents[3] / "src/mekhala/web/casework"


def test_every_definition_stands_on_the_page_of_its_count_and_no_page_names_another():
    named = [
        code
        for page in TEMPLATES.rglob("*.html")
        for code in re.findall(r"with one=concepts\.(\w+) only", page.read_text(encoding="utf-8"))
    ]
    assert set(named) == {one.code for one in CONCEPTS} == BY_CODE.keys()


def test_the_register_tells_each_definition_its_version_and_where_it_stands(db, client):
    client.force_login(officer())
    page = client.get("/figures/definitions/").text
    for one in CONCEPTS:
        assert f'id="{one.code}"' in page
        assert str(one.name) in page
    assert "Version 1." in page
    assert "stands at /unmet-need/" in re.sub(r"\s+", " ", page)


def test_a_count_leads_to_its_definition(db, client):
    client.force_login(officer())
    page = client.get("/unmet-need/").text
    assert (
        '<a class="govuk-link" href="/figures/definitions/#unmet">Unmet need, version 1</a>' in page
    )
