"""Every page on placement is matched as it says; the whys are for people."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
import yaml

from mekhala.pathway.directory.fitting import match
from mekhala.pathway.directory.models import Need, Service
from mekhala.pathway.directory.needs import Child, Needs
from mekhala.pathway.referral import queries
from mekhala.pathway.referral.bands import group_of

FOLDER = Path(__file__).parent / "placement"
PAGES = sorted(set(FOLDER.glob("*.yaml")) - {FOLDER / "services.yaml"})
CONFIRMED = datetime(2026, 3, 9, tzinfo=UTC)


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def matched(page):
    """Return the needs of a page and its matches among what is open and for the need."""
    said = dict(page["needs"])
    said["children"] = tuple(Child(**child) for child in said.get("children", ()))
    said["at"] = datetime.fromisoformat(said["at"]) if "at" in said else None
    needs = Needs(**said)
    found = []
    for key, row in enumerate(read(FOLDER / "services.yaml")["services"], 1):
        told = {k: time.fromisoformat(v) if k in ("opens_at", "closes_at") else v
                for k, v in row.items()}  # fmt: skip
        service = Service(pk=key, confirmed_at=CONFIRMED, **told)
        service.restricted = page.get("restrictions", {}).get(service.name, [])
        if service.is_open and service.need == Need(page["need"]):
            found.append(service)
    return needs, match(needs, found)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_who_is_asked_and_why_not_the_others_is_as_the_page_says(path):
    page = read(path)
    needs, fits = matched(page)
    outcome, by_name = page["outcome"], {f.service.name: f for f in fits}
    can = [f.service.name for f in fits if f.fits is not False]
    assert set(can) == set(outcome["can_be_asked"])
    assert can == outcome.get("order", can)
    for name, about in outcome["against"].items():
        assert [r.about for r in by_name[name].against] == about, name
    for name, about in outcome.get("to_ask", {}).items():
        assert [r.about for r in by_name[name].to_ask] == about, name
    assert set(outcome.get("fits", ())) <= {f.service.name for f in fits if f.fits}
    if unmet := outcome.get("unmet"):
        assert queries.why_unmet(fits) == unmet["reason"]
        assert group_of(needs) == unmet["group"]


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_what_is_not_known_closes_no_door_on_any_page(path):
    page = read(path)
    _needs, before = matched(page)
    page["needs"] = {}
    _needs, after = matched(page | {"restrictions": {}})
    closed = {f.service.name for f in after if f.fits is False}
    assert closed == {f.service.name for f in after if f.service.places_free == 0}
    assert closed <= {f.service.name for f in before if f.fits is False}
