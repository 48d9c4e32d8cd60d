"""What registration, referral and aftercare show on a case's overview, and to whom."""

import pytest
from django.template.loader import render_to_string

from mekhala.pathway.aftercare import services as support
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.web.casework.aftercare import section as aftercare
from mekhala.web.casework.referral import section as referral
from mekhala.web.casework.registration import section as registration
from tests.builders import NOW, officer
from tests.builders_help import registrar_with_case

LOOKS = {Purpose.FIRST_CONTACT}  # who helps looks for the person before anything is registered
OPENS = {
    registration: {Purpose.REGISTRATION, Purpose.DETERMINATION},
    referral: set(Purpose) - {Purpose.JUSTICE},
    aftercare: {Purpose.REGISTRATION, Purpose.SUPPORT},
}
each = pytest.mark.parametrize("room", OPENS, ids=lambda room: room.__name__.split(".")[-2])


@each
@pytest.mark.parametrize("purpose", Purpose)
def test_a_section_and_its_tabs_are_there_for_its_purposes_only(db, acting, room, purpose):
    worker, made = registrar_with_case()
    acting(worker)
    shown = room.section(made, officer=worker, purposes={purpose}, now=NOW)
    looks = LOOKS if room is registration else set()
    assert (shown is not None) == (purpose in OPENS[room] | looks)
    assert bool(room.tabs(made.number, purposes={purpose})) == (purpose in OPENS[room])


@each
def test_a_section_takes_two_questions_at_most(db, acting, room, django_assert_max_num_queries):
    worker, made = registrar_with_case()
    acting(worker)
    support.make_plan(made, "Rest", agreed_on=NOW.date(), by=worker, at=NOW)
    with django_assert_max_num_queries(2):
        shown = room.section(made, officer=worker, purposes={Purpose.REGISTRATION}, now=NOW)
        page = render_to_string(shown.template, {"shown": shown.context})
    assert made.number in page


def test_justice_sees_neither_referrals_nor_plan_whatever_the_purpose(db, acting):
    _worker, made = registrar_with_case()
    court = officer(Role.JUSTICE)
    for room in (referral, aftercare):
        assert room.section(made, officer=court, purposes=set(Purpose), now=NOW) is None
