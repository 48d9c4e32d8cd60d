"""How a person may be reached: asked, kept for good, the latest counts."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.encounter import queries, services
from mekhala.pathway.encounter.errors import NoGuardianOfAdult
from mekhala.pathway.encounter.models import SafeContact
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import NOW, case, officer, open_to
from tests.log import Entry


def said(made, by, way="in_person", *, at=NOW, **more):
    return services.record_safe_contact(case=made, way=way, by=by, at=at, **more)


def test_never_asked_is_none(db, acting):
    me = officer()
    made = case(me)
    acting(me)
    assert queries.safe_contact_of(made) is None


def test_the_latest_answer_counts_and_the_earlier_stays(db, acting):
    me = officer()
    made = case(me)
    acting(me)
    said(made, me, "telephone", hours="Mornings", words="Never on Sundays")
    said(made, me, "nothing", at=NOW + timedelta(days=1))
    assert queries.safe_contact_of(made).way == "nothing"
    assert [c.way for c in queries.safe_contacts_of(made)] == ["nothing", "telephone"]


def test_an_answer_is_noted_without_its_words(db, acting):
    me = officer()
    made = case(me)
    acting(me)
    said(made, me, "telephone", hours="Mornings", words="Not when the uncle is in")
    entry = Entry.objects.get(act="encounter.safe_contact_asked")
    assert entry.subject == made.number
    assert "uncle" not in str(entry.details)


def test_an_answer_is_never_changed(db, acting):
    me = officer()
    made = case(me)
    acting(me)
    kept = said(made, me)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        SafeContact.objects.filter(pk=kept.pk).update(way="lawyer")


def test_a_trusted_person_is_named_by_role(db, acting):
    me = officer()
    made = case(me)
    acting(me)
    with pytest.raises(WrongInput, match="through"):
        said(made, me, "trusted_person")
    assert said(made, me, "trusted_person", through="teacher").through == "teacher"


def test_a_way_that_is_none_is_refused_with_the_nearest(db, acting):
    me = officer()
    made = case(me)
    acting(me)
    with pytest.raises(WrongInput, match="telephone"):
        said(made, me, "telefone")


def test_a_known_adult_has_no_guardian_and_a_child_may_have_one(db, acting):
    me = officer()
    adult, child = case(me), case(me, age=15)
    acting(me)
    with pytest.raises(NoGuardianOfAdult):
        said(adult, me, guardian_may_know=True)
    assert said(child, me, guardian_may_know=True).guardian_may_know


@pytest.mark.parametrize(("role", "purpose"), [
    (Role.REGISTRAR, Purpose.REGISTRATION), (Role.AUTHORITY, Purpose.DETERMINATION),
    (Role.PROVIDER, Purpose.SUPPORT),
])  # fmt: skip
def test_whoever_helps_may_ask_and_see(db, acting, role, purpose):
    made = case(officer())
    other = officer(role)
    open_to(other, made.number, purpose)
    acting(other)
    assert said(made, other)
    assert queries.safe_contact_of(made)


def test_justice_neither_asks_nor_sees(db, acting):
    me, court = officer(), officer(Role.JUSTICE)
    made = case(me)
    acting(me)
    said(made, me)
    open_to(court, made.number, Purpose.JUSTICE)
    acting(court)
    assert not SafeContact.objects.exists()
    with pytest.raises(NotYourRole):
        said(made, court)


def test_a_stranger_hears_that_there_is_nothing(db, acting):
    made = case(officer())
    stranger = officer()
    acting(stranger)
    with pytest.raises(NotOpenToYou):
        said(made, stranger)
