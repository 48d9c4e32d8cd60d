"""Inspections: by whom, what they find, and that the match obeys them; providers who are quiet."""

from datetime import timedelta

import pytest

from mekhala.pathway.directory import addresses, errors, inspecting, queries, services
from mekhala.pathway.directory.models import Restriction, ServiceAddress
from mekhala.pathway.directory.needs import Needs
from mekhala.pathway.referral import services as referrals
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.notices.models import Notice
from tests.builders import NOW, officer
from tests.builders_help import asked, provider, service

DAY = NOW.date()
MISSING = {"freedom_doors": ("not_met", DAY + timedelta(days=30)), "safety_fire": ("met", None)}


def inspected(house, by, **more):
    told = {"on": DAY, "visit": "unannounced", "no_tie": True} | more
    return inspecting.record_inspection(house, MISSING, by=by, at=NOW, **told)


def test_an_inspector_is_of_another_body_says_so_and_has_the_role(db):
    house = service()
    own = officer(Role.REGISTRAR, at=house.agency)
    with pytest.raises(errors.NotIndependent):
        inspected(house, own)
    for silent in (None, False):
        with pytest.raises(errors.NotIndependent):
            inspected(house, officer(Role.REGISTRAR), no_tie=silent)
    with pytest.raises(NotYourRole):
        inspected(house, provider(service()))


def test_what_is_missing_has_a_day_after_the_inspection(db):
    with pytest.raises(errors.NoDayToMend):
        inspecting.record_inspection(
            service(), {"safety_fire": ("partly", DAY)}, on=DAY, visit="announced", no_tie=True,
            by=officer(Role.REGISTRAR), at=NOW,
        )  # fmt: skip


def test_the_match_obeys_a_restriction_until_an_inspector_lifts_it(db):
    house, by = service(), officer(Role.REGISTRAR)
    inspected(house, by, leaves_out=["women"])
    woman, man = Needs(sex="female", age=30), Needs(sex="male", age=30)
    assert [f.fits for f in queries.suitable("shelter", woman, now=NOW)] == [False]
    assert next(iter(queries.suitable("shelter", man, now=NOW))).fits is not False
    limit = Restriction.objects.get()
    with pytest.raises(NotYourRole):
        inspecting.lift_restriction(limit, no_tie=True, by=provider(house), at=NOW)
    inspecting.lift_restriction(limit, no_tie=True, by=by, at=NOW)
    assert next(iter(queries.suitable("shelter", woman, now=NOW))).fits is not False


def test_only_an_inspector_sees_a_finding_met(db):
    house, by = service(), officer(Role.REGISTRAR)
    inspected(house, by)
    [finding] = queries.missing(house.agency_id)
    with pytest.raises(NotYourRole):
        inspecting.see_mended(finding, no_tie=True, by=provider(house), at=NOW)
    inspecting.see_mended(finding, no_tie=True, by=by, at=NOW)
    assert not queries.missing(house.agency_id).exists()


def test_a_provider_who_is_quiet_for_a_week_is_asked_once(db, acting):
    house = service(confirmed_at=NOW - timedelta(days=8))
    service(confirmed_at=NOW - timedelta(days=2))
    helper = provider(house)
    acting(None)
    assert (services.ask_to_confirm(at=NOW), services.ask_to_confirm(at=NOW)) == (1, 0)
    acting(helper)
    assert Notice.objects.get().kind == "places_to_confirm"


def test_where_a_house_stands_is_told_to_whom_it_accepted_somebody_from(db, acting):
    house = service()
    helper, request, stranger = provider(house), asked(house), officer()
    acting(helper)
    addresses.keep_address(house, "Behind the invented pagoda", by=helper, at=NOW)
    assert b"pagoda" not in bytes(ServiceAddress.objects.get().sealed)
    acting(request.asked_by)
    assert addresses.show_address(house.pk, by=request.asked_by, at=NOW) is None
    acting(helper)
    referrals.accept(request, by=helper, at=NOW)
    acting(request.asked_by)
    shown = addresses.show_address(house.pk, by=request.asked_by, at=NOW)
    assert shown == "Behind the invented pagoda"
    acting(stranger)
    assert addresses.show_address(house.pk, by=stranger, at=NOW) is None
    acting(helper)
    referrals.end(request, by=helper, at=NOW)
    acting(request.asked_by)
    assert addresses.show_address(house.pk, by=request.asked_by, at=NOW) is None
