"""Somebody was met: a case is opened, or nothing is."""

from datetime import timedelta

import pytest

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.encounter import queries, services
from mekhala.pathway.encounter.errors import MetLater, PersonSaidNo
from mekhala.pathway.encounter.models import Case, Encounter
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.identity import services as vault
from mekhala.safeguards.identity.models import Identity
from tests import log as audit
from tests.builders import NOW, officer
from tests.builders_casework import met, registrar


def test_who_met_the_person_sees_the_case_and_a_stranger_does_not(db, acting):
    mine, stranger = officer(), officer()
    case = met(mine)
    assert list(queries.visible_to(mine, now=NOW)) == [case]
    acting(stranger)
    assert not Case.objects.exists()
    assert not Encounter.objects.exists()


def test_the_act_is_noted_once_with_the_province_and_no_name(db, acting):
    case = met(officer(), identity={"native_name": "សុខា (ប្រឌិត)"})
    noted = [e for e in audit.about(case.number) if e.act == "encounter.case_opened"]
    assert [e.details for e in noted] == [{"province": "12"}]
    assert "សុខា" not in str([e.details for e in audit.about(case.number)])


def test_the_name_is_kept_in_the_vault_alone(db, acting):
    case = met(officer(), identity={"native_name": "សុខា (ប្រឌិត)"})
    shown = vault.show(case.number, by=case.opened_by, at=NOW, purpose="first_contact")
    assert shown.native_name == "សុខា (ប្រឌិត)"
    assert "សុខា".encode() not in bytes(Identity.objects.get(pk=case.number).native_name)
    assert not {f.name for f in Case._meta.get_fields()} & {"native_name", "latin_name"}


def test_without_a_name_nothing_is_kept_in_the_vault(db, acting):
    met(officer(), identity={"native_name": ""})
    assert not Identity.objects.exists()


def test_a_person_who_says_no_leaves_no_case(db, acting):
    with pytest.raises(PersonSaidNo):
        met(officer(), consents_to_go_on=False)
    assert not Case.objects.exists()


def test_a_refusal_is_counted_by_province_alone(db, acting):
    by = officer()
    services.record_refusal(by=by, at=NOW, place_code="120101")
    (entry,) = audit.about("")
    assert (entry.act, entry.details, entry.subject) == (
        "encounter.refused",
        {"province": "12"},
        "",
    )


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.FIRST_RESPONDER, Role.REGISTRAR}))
def test_roles_that_meet_nobody_open_no_case(db, acting, role):
    with pytest.raises(NotYourRole):
        met(officer(role))


def test_a_meeting_is_not_dated_after_it_is_told(db, acting):
    with pytest.raises(MetLater):
        met(officer(), met_at=NOW + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("place_code", "120199", "1201"),
        ("place_code", "Phnom Penh", "expected 2, 4, 6 or 8 digits"),
        ("sex", "femal", "'female'"),
        ("age_certainty", "estimate", "'estimated'"),
        ("nationality", "Khm", "'KHM'"),
        ("urgent_needs", ["helth"], "'health'"),
        ("age", 121, "0 to 120"),
    ],
)
def test_a_wrong_code_is_refused_naming_what_was_expected(db, acting, field, value, said):
    with pytest.raises(WrongInput, match=said):
        met(officer(), **{field: value})
    assert not Case.objects.exists()


def test_another_officer_adds_an_encounter_only_where_the_case_is_open(db, acting):
    case = met(officer())
    stranger = registrar()
    acting(stranger)
    with pytest.raises(NotOpenToYou):
        services.add_encounter(case=case, by=stranger, at=NOW, met_at=NOW, place_code="12")


def test_the_latest_answer_to_going_on_is_the_one_that_counts(db, acting):
    by = officer()
    case = met(by)
    later = NOW + timedelta(days=1)
    services.add_encounter(
        case=case, by=by, at=later, met_at=later, place_code="12", consents_to_go_on=False
    )
    assert queries.latest_wish(case) is False
    assert queries.province_of(case) == "12"


@pytest.mark.parametrize(
    ("age", "certainty", "adult"),
    [(18, "known", True), (17, "known", False), (40, "estimated", False), (None, "unknown", False)],
)
def test_only_an_age_that_is_known_makes_an_adult(db, acting, age, certainty, adult):
    assert queries.is_known_adult(Case(age=age, age_certainty=certainty)) is adult
