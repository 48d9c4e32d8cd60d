"""The database itself refuses what no grant opens."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Grant
from mekhala.safeguards.access.purposes import Purpose
from tests.builders import NOW, case, officer, open_to

PERSON_TABLES = {
    "access_grant", "notices_notice", "emergency_opening", "consent_consent", "consent_guardian",
    "consent_stop", "identity_identity", "identity_datakey", "encounter_case",
    "four_eyes_secondsignature", "holds_hold", "unsealing_order",
    "encounter_encounter", "encounter_safecontact", "determination_letter",
    "screening_screening", "determination_determinationfile",
    "determination_finding", "determination_reading", "determination_decision",
    "determination_source", "determination_factrequest", "determination_clockchange",
    "determination_recusal", "determination_volition",
    "registration_registration", "registration_announcement",
    "referral_referral", "referral_referrallink",
    "referral_referralquestion", "referral_placementquestion", "referral_placementdecision",
    "referral_arrivaltakenback",
    "aftercare_supportplan",
    "aftercare_plantask", "aftercare_followup", "aftercare_assessment", "aftercare_servicegiven",
    "aftercare_stay", "aftercare_note", "aftercare_familytrace", "aftercare_naming",
    "aftercare_returnhome", "repatriation_return", "repatriation_statement",
    "repatriation_check", "repatriation_stepdone", "repatriation_steptakenback",
    "repatriation_exchange",
    "labour_migration_worker", "labour_migration_complaint", "labour_migration_departure",
    "labour_migration_askafter", "labour_migration_asked", "labour_migration_deployment",
    "justice_proceeding", "justice_accused",
    "justice_charge", "justice_step", "questionnaires_submission", "questionnaires_attachment",
    "justice_complaint", "justice_custody", "justice_statement", "justice_counsel",
    "justice_investigation", "justice_hearing", "justice_observation", "justice_verdict",
    "justice_confiscation", "justice_appeal", "justice_release", "justice_factsfound",
    "justice_gatecheck", "justice_told", "justice_corrected", "justice_clockalarm",
    "justice_sheet", "justice_keyed",
    "questionnaires_sealedenvelope",
    "intake_taken",
    "redress_owed", "redress_payment", "redress_measure", "redress_legalaid", "redress_righttold",
    "redress_witnessplan", "redress_link",
    "evidence_item", "evidence_itemfile", "evidence_custodyentry", "evidence_bearing",
    "evidence_disclosurelist", "evidence_disclosed", "incidents_incident",
    "incidents_reporter", "incidents_opening", "incidents_route",
    "dossiers_access", "dossiers_named", "dossiers_taken", "visits_visit", "visits_led",
    "linkage_listrecord", "linkage_listopening",
    "linkage_linkedpair", "linkage_linkedrecord", "linkage_settledrecord", "linkage_runreviewer",
    "linkage_reviewpair", "linkage_reviewanswer", "linkage_recordshown", "linkage_sampledpair",
}  # fmt: skip


def _ask(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_without_an_officer_no_case_is_there(db, acting):
    opened = case(officer())
    acting(None)
    assert not Case.objects.filter(pk=opened.pk).exists()


def test_a_case_is_there_for_the_officer_it_is_open_to_and_for_nobody_else(db, acting):
    mine, stranger = officer(), officer()
    opened = case(mine)
    acting(mine)
    assert Case.objects.filter(pk=opened.pk).exists()
    acting(stranger)
    assert not Case.objects.filter(pk=opened.pk).exists()


def test_a_grant_that_has_ended_opens_nothing(db, acting):
    mine = officer()
    opened = case(mine)
    acting(mine)
    Grant.objects.filter(officer=mine).update(until=NOW + timedelta(seconds=1))
    assert not Case.objects.filter(pk=opened.pk).exists()


def test_nobody_grants_in_anothers_name(db, acting):
    me, other = officer(), officer()
    acting(me)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Grant.objects.create(
            officer=me, file_number="MK-X", purpose=Purpose.DETERMINATION, granted_by=other,
            granted_at=NOW, until=NOW + timedelta(days=1),
        )  # fmt: skip


def test_a_purpose_opens_only_the_tables_it_is_for(db, acting):
    from mekhala.pathway.screening.models import Screening

    first, provider = officer(), officer()
    opened = case(first)
    acting(first)
    Screening.objects.create(case=opened, screened_by=first, screened_at=NOW, outcome="refer")
    open_to(provider, opened.number, Purpose.SUPPORT, by=first)
    acting(provider)
    assert Case.objects.filter(pk=opened.pk).exists()
    assert not Screening.objects.exists()


def test_row_security_is_forced_on_every_table_that_speaks_of_a_person(db):
    forced = _ask("select relname from pg_class where relrowsecurity and relforcerowsecurity")
    assert {name for (name,) in forced} == PERSON_TABLES | OF_A_PLACE | OF_AN_AGENCY


OF_A_PLACE = {"directory_serviceaddress"}  # where a shelter is: of nobody, and closed all the same
OF_AN_AGENCY = {"questionnaires_formuse", "intake_answercount"}  # its forms, and counts; of nobody
DELETABLE = {"aftercare_followup"}  # a day to look in that the person does not want any more
NEVER_CHANGED = {
    "audit_entry", "audit_head", "consent_consent", "consent_guardian", "emergency_opening",
    "determination_finding", "registration_announcement", "referral_placementdecision",
    "determination_reading",
    "determination_decision", "determination_source", "determination_clockchange",
    "determination_recusal", "determination_volition",
    "encounter_safecontact", "justice_step", "redress_payment",
    "redress_righttold", "redress_witnessplan", "redress_link", "evidence_item",
    "evidence_itemfile", "incidents_incident", "incidents_reporter", "incidents_opening",
    "incidents_route", "dossiers_named", "dossiers_taken", "visits_visit", "visits_led",
    "evidence_custodyentry", "evidence_bearing", "evidence_disclosurelist", "evidence_disclosed",
    "publication_publishedtable",
    "linkage_listrecord", "linkage_listopening",
    "linkage_linkedpair", "linkage_linkedrecord", "linkage_settledrecord", "linkage_reviewpair",
    "linkage_recordshown", "linkage_sampledpair",
    "justice_complaint", "justice_custody", "justice_statement", "justice_counsel",
    "justice_investigation", "justice_observation", "justice_verdict", "justice_confiscation",
    "justice_appeal", "justice_release", "justice_factsfound", "justice_gatecheck",
    "justice_told", "justice_clockalarm", "repatriation_statement", "repatriation_check",
    "justice_sheet", "justice_keyed",
    "repatriation_stepdone", "repatriation_steptakenback", "referral_arrivaltakenback",
}  # fmt: skip


def test_nothing_of_a_person_is_deleted_and_decisions_and_answers_are_never_changed(db):
    tables = PERSON_TABLES | NEVER_CHANGED
    rights = _ask(
        "select relname, has_table_privilege(oid, 'delete'), has_any_column_privilege(oid,"
        " 'update') from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    )
    assert {t for t, deletes, _changes in rights if deletes and t in tables} == DELETABLE
    unchanged = {t for t, _deletes, changes in rights if not changes and t in tables}
    assert unchanged == NEVER_CHANGED


def test_the_application_owns_no_table_may_truncate_none_and_bypasses_nothing(db):
    owned = _ask("select count(*) from pg_tables where tableowner = current_user")
    emptied = _ask(
        "select count(*) from pg_tables where schemaname = 'public'"
        " and has_table_privilege(format('%I.%I', schemaname, tablename), 'truncate')"
    )
    role = _ask("select rolsuper, rolbypassrls, rolname from pg_roles where rolname = current_user")
    assert (owned, emptied, role) == ([(0,)], [(0,)], [(False, False, "mekhala_app")])
