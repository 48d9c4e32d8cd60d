"""The form of exploitation of the register is what all tellings of a file say, at both stages."""

from datetime import timedelta

import pytest

from mekhala.pathway.registration import services as registration
from mekhala.population.linkage import services
from mekhala.population.linkage.models import RegisterEntry
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import NOW, officer, open_to
from tests.builders_casework import authority, believed, read, referred, registrar, told

BY = NOW + timedelta(days=60)


def form_of(answers, further=None):
    """Let the authority recognise a person, count the register, and return the form counted."""
    readers = authority()
    file = referred(answers=answers)
    asked = believed(file, *readers[:2])
    if further:
        told(asked, readers[0], further, hours=48)
    for reader in readers[:2]:
        decision = read(asked, reader)
    me = registrar()
    open_to(me, decision.case_id, Purpose.REGISTRATION)
    become(me.pk)
    registration.register(case=decision.case, by=me, at=BY)
    statistician = officer(Role.STATISTICIAN)
    become(statistician.pk)
    services.take_register(NOW.year, NOW.year, by=statistician, at=BY)
    return RegisterEntry.objects.get().exploitation


USUAL = {"act.recruitment": True, "means.deception": True}
LABOUR, BONDAGE = "purpose.forced_labour", "purpose.debt_bondage"


@pytest.mark.parametrize(
    ("answers", "further", "form"),
    [
        (USUAL | {LABOUR: True, BONDAGE: False}, None, LABOUR),
        (USUAL | {LABOUR: True}, {BONDAGE: True}, "several"),
        (USUAL | {LABOUR: True, BONDAGE: True}, {BONDAGE: False}, LABOUR),
        (USUAL | {LABOUR: True, "purpose.profit": True}, None, LABOUR),
    ],
    ids=["said when screened", "said to the authority too", "one source denies it", "a motive"],
)
def test_a_form_counts_where_a_telling_says_it_and_none_denies_it(db, answers, further, form):
    assert form_of(answers, further) == form
