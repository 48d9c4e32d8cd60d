"""The list of services that goes out to phones tells nothing of where a shelter is."""

import re
from datetime import timedelta

from mekhala.forms.convert import to_xform
from mekhala.forms.instruments import instrument_text
from mekhala.forms.models import ListVersion
from mekhala.pathway.directory import services
from mekhala.pathway.directory.choice_list import COLUMNS, services_list
from mekhala.pathway.directory.models import Need, Service
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, agency, officer


def _service(need, name, **more):
    return Service.objects.create(
        agency=agency(), name=name, name_km=f"{name} ខ្មែរ", need=need, takes_sexes=["female"],
        province_code="12", places_total=4, places_free=2, confirmed_at=NOW, **more,
    )  # fmt: skip


def test_of_shelters_no_name_no_provider_and_no_province_goes_out(db):
    for name in ("Hidden house", "Second house"):
        _service(Need.SHELTER, name)
    made = services_list(now=NOW)
    text = made.as_csv().decode()
    assert [row[0] for row in made.rows] == ["shelter"]
    assert made.rows[0][-2] == ""
    assert "house" not in text
    assert Service.objects.first().agency.name not in text


def test_other_services_stand_with_name_need_and_province(db):
    clinic = _service(Need.HEALTH, "A clinic", languages=["vi", "km"])
    _service(Need.HEALTH, "Planned", is_open=False)
    (row,) = services_list(now=NOW).rows
    assert row == (
        f"service-{clinic.pk}", "A clinic ខ្មែរ · A clinic", "A clinic ខ្មែរ", "A clinic",
        "health", "12", "km vi",
    )  # fmt: skip


def test_what_nobody_confirmed_for_fourteen_days_leaves_the_list(db):
    _service(Need.HEALTH, "A clinic")
    assert services_list(now=NOW + timedelta(days=15)).rows == ()


def test_confirming_places_fills_the_list_anew_only_where_it_changes(db, acting):
    service = _service(Need.HEALTH, "A clinic")
    by = officer(Role.PROVIDER, at=service.agency)
    acting(by)
    for free in (1, 2):
        services.confirm_places(service, free, by=by, at=NOW)
    assert [each.number for each in ListVersion.objects.filter(name="services.csv")] == [1]


def test_a_shipped_form_looks_up_who_helps_by_need_and_province_on_the_phone():
    form = to_xform(instrument_text("find_help").encode(), "find_help.md")
    found = re.findall(r"instance\('services'\)[^\"]*", form.text)
    assert len(found) == 2  # what is shown, and whether there is any
    for shown in found:
        assert "need=" in shown
        assert "province=" in shown
    assert {"need", "province"} <= set(COLUMNS)
    offered = set(re.findall(r"<name>([a-z_]+)</name>", form.text))
    assert set(Need.values) <= offered
