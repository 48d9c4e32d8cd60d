"""Every field has a class, and no row opens to a grant without each class its table has."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from ninja import ModelSchema, Schema

from mekhala.safeguards.access.purposes import CLASSES_OF_PURPOSE, FieldClass, Purpose
from mekhala.web import exchange
from tests.builders import officer, open_to
from tests.safeguards.rows_seen import ROLE_FOR
from tests.safeguards.test_purposes_and_tables import (
    BESIDE,
    OF_THE_CASE,
    OF_THE_PROCEEDING,
    OF_THE_WORKER,
    _seen,
    full,
)
from tests.safeguards.test_row_security import PERSON_TABLES

__all__ = ["full"]
PACKAGE = Path(__file__).resolve().parents[2] / "src" / "mekhala"
CLASSED = yaml.safe_load((PACKAGE / "safeguards/access/field_classes.yaml").read_text())
ANSWERS = yaml.safe_load((PACKAGE / "web/exchange/answers.yaml").read_text())
MODELS = {
    model._meta.label: model for room in settings.ROOMS for model in apps.get_models()
    if model.__module__.startswith(room.split(".apps.")[0] + ".")
}  # fmt: skip


def _named(word):
    """Return the classes of one line."""
    return {FieldClass(c) for c in (word if isinstance(word, list) else [word])}


def _needed(label):
    """Return the classes a row of the table tells of; open alone counts only by itself."""
    found = set().union(*(_named(word) for word in CLASSED[label].values()))
    return found - {FieldClass.OPEN} or {FieldClass.OPEN}


OF_PERSONS = {label: _needed(label) for label, fields in CLASSED.items() if fields != "none"}
TABLE = {MODELS[label]._meta.db_table: needed for label, needed in OF_PERSONS.items()}
WITH_PARENT = {
    "identity_datakey": "identity_identity",
    "questionnaires_attachment": "questionnaires_submission",
    "intake_taken": "questionnaires_submission",
    "referral_referralquestion": "referral_referral",
    "referral_referrallink": "referral_referral",
    "referral_placementdecision": "referral_placementquestion",
    "referral_arrivaltakenback": "referral_referral",
    "redress_payment": "redress_owed",
    "aftercare_plantask": "aftercare_supportplan",
    "aftercare_followup": "aftercare_supportplan",
    "repatriation_statement": "repatriation_return",
    "repatriation_check": "repatriation_return",
    "repatriation_stepdone": "repatriation_return",
    "repatriation_steptakenback": "repatriation_stepdone",
    "repatriation_exchange": "repatriation_return",
    "labour_migration_asked": "labour_migration_askafter",
    "justice_charge": "justice_accused",
    "justice_step": "justice_accused",
    "justice_complaint": "justice_accused",
    "justice_custody": "justice_accused",
    "justice_statement": "justice_accused",
    "justice_counsel": "justice_accused",
    "justice_investigation": "justice_accused",
    "justice_hearing": "justice_proceeding",
    "justice_observation": "justice_accused",
    "justice_verdict": "justice_accused",
    "justice_confiscation": "justice_accused",
    "justice_appeal": "justice_accused",
    "justice_release": "justice_accused",
    "justice_factsfound": "justice_accused",
    "justice_gatecheck": "justice_accused",
    "justice_told": "justice_accused",
    "justice_corrected": "justice_told",
    "justice_sheet": "justice_accused",
    "justice_keyed": "justice_sheet",
    "justice_clockalarm": "justice_accused",
    "evidence_itemfile": "evidence_item",
    "evidence_custodyentry": "evidence_item",
    "evidence_bearing": "evidence_item",
    "evidence_disclosed": "evidence_item",
    "evidence_disclosurelist": "justice_accused",
}
# What else lets an officer see a row, and why no class is asked.
OTHERWISE = {
    ("questionnaires_sealedenvelope", "by_grant"): "nobody reads it: it is for the agency's hands",
    ("access_grant", "seen"): "whom it is for and who gave it",
    ("consent_consent", "told_to_justice"): "the agency an answer was given to",
    ("notices_notice", "own"): "whom it is for",
    ("four_eyes_secondsignature", "two"): "who asked, and who has to read why before signing",
    ("emergency_opening", "own_or_to_review"): "who opened, and who reviews it",
    ("encounter_case", "in_emergency"): "who opened it in an emergency that needs this part",
    ("encounter_encounter", "in_emergency"): "who opened it in an emergency that needs this part",
    ("encounter_safecontact", "in_emergency"): "who opened it in an emergency that needs this part",
    ("identity_identity", "in_emergency"): "who opened it in an emergency that needs this part",
    ("identity_datakey", "of_an_open_file"): "a key opens no row: what it seals has its own class",
    ("identity_datakey", "of_a_filled_form"): "goes with the form it seals",
    ("incidents_incident", "by_grant"): "openings of its own, sealed from police and courts",
    ("incidents_reporter", "by_grant"): "openings of its own that carry who reported",
    ("incidents_route", "by_grant"): "goes with the report",
    ("incidents_opening", "own"): "whom it is for and who gave it",
    ("visits_visit", "by_grant"): "the organisation that visited",
    ("identity_datakey", "of_a_visit"): "goes with the visit it seals",
    ("dossiers_access", "by_grant"): "who asked, who supervises, and the authority that signs",
    ("dossiers_named", "by_grant"): "goes with the request",
    ("dossiers_taken", "by_grant"): "goes with the request",
    ("identity_datakey", "of_an_incident"): "goes with the report, or with who reported",
    ("identity_datakey", "of_an_item"): "goes with the item of evidence it seals",
    ("identity_datakey", "of_a_question_returned"): "the officer asked for a fact",
    ("identity_datakey", "of_an_accused"): "a key opens no row: the accused has a class",
    ("determination_determinationfile", "returned_seen"): "the officer asked for a fact",
    ("determination_factrequest", "asked_seen"): "the officer asked for a fact",
    ("determination_source", "brought_seen"): "what the officer brought",
    ("determination_finding", "brought_seen"): "what the officer brought",
    ("repatriation_return", "told_to_the_other_side"): "the other side, while the yes stands",
    ("linkage_listrecord", "by_grant"): "a statistician a list was opened to for a linkage run",
    ("linkage_listopening", "by_grant"): "whom it is for",
    ("identity_datakey", "of_a_list_opened"): "a list was opened to the officer",
    ("linkage_listrecord", "of_a_record_shown"): "a reviewer the record was shown to, for an hour",
    ("identity_datakey", "of_a_list_reviewed"): "a key opens no row: which records, is shown",
    ("identity_datakey", "of_notes_after_the_review"): "statisticians, once the review is closed",
    ("linkage_linkedpair", "counted"): "statisticians: numbers of records",
    ("linkage_linkedrecord", "counted"): "statisticians: numbers of records",
    ("linkage_sampledpair", "after_the_review"): "statisticians, once the review is closed",
    ("linkage_settledrecord", "counted"): "statisticians: numbers of records",
    ("linkage_settledrecord", "reviewed"): "who is named to review the run: numbers of records",
    ("linkage_runreviewer", "counted_or_own"): "statisticians, and the officer named",
    ("linkage_reviewpair", "after_the_review"): "statisticians, once the review is closed",
    ("linkage_reviewanswer", "own_until_closed"): "who gave it; statisticians after the review",
    ("linkage_recordshown", "own"): "whom it was shown to",
}


@pytest.mark.parametrize("label", sorted(MODELS))
def test_every_field_has_a_class_and_every_class_a_field(label):
    fields = [f.name for f in MODELS[label]._meta.local_fields]
    assert label in CLASSED, f"{label} stands in no line of field_classes.yaml"
    if CLASSED[label] != "none":
        assert list(CLASSED[label]) == fields
        assert all(_named(word) for word in CLASSED[label].values())


def test_no_line_speaks_of_a_model_that_is_gone():
    assert CLASSED.keys() == MODELS.keys()


CLOSED = {  # to the application altogether
    "audit_entry", "reading_read", "identity_blindkeys", "registration_samepersonjudgement",
    "registration_samepersonquestion",
}  # fmt: skip


def test_the_tables_of_persons_are_those_with_classes():
    assert TABLE.keys() - CLOSED == PERSON_TABLES


def _policies():
    with connection.cursor() as cursor:
        cursor.execute(
            "select tablename, policyname, qual from pg_policies where cmd in ('ALL', 'SELECT')"
            " and 'mekhala_app' = any (roles) and schemaname = 'public'"
            " and permissive = 'PERMISSIVE'"  # the others only ever take away
        )
        return [row for row in cursor.fetchall() if row[0] in TABLE]


def _asked_by(rule):
    """Return the classes a policy asks of a grant."""
    return {c for c in FieldClass if re.search(rf"'{c.value}'::(text|character varying)", rule)}


def test_each_policy_asks_for_every_class_of_its_table(db):
    rules = _policies()
    assert {table for table, *_more in rules} == PERSON_TABLES
    for table, policy, rule in rules:
        if (table, policy) in OTHERWISE:
            continue
        if parent := WITH_PARENT.get(table):
            assert f"from {parent} p" in rule.lower(), (table, policy)
            assert TABLE[table] <= TABLE[parent]
        else:
            assert _asked_by(rule) == TABLE[table], (table, policy)
            assert "field_classes" in rule


def test_what_is_excepted_is_there(db):
    there = {(table, policy) for table, policy, _rule in _policies()}
    assert OTHERWISE.keys() <= there


@pytest.mark.parametrize("table", sorted(CLOSED))
def test_the_log_and_what_was_read_are_closed(db, table):
    with connection.cursor() as cursor:
        cursor.execute("select has_table_privilege(%s, 'select')", [table])
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize("missing", FieldClass)
def test_without_its_class_no_row_of_a_table_is_there(full, acting, missing):
    files = (
        (full.number, OF_THE_CASE), (full.ids["proceeding"], OF_THE_PROCEEDING),
        (full.ids["worker"], OF_THE_WORKER),
    )  # fmt: skip
    for number, opened_for in files:
        for purpose in Purpose:
            classes = CLASSES_OF_PURPOSE[purpose] - {missing}
            who = officer(ROLE_FOR[purpose])
            open_to(who, number, purpose, classes=classes)
            acting(who)
            seen = {t for t in PERSON_TABLES - BESIDE if _seen(t)}
            expected = {t for t, purposes in opened_for.items() if purpose in purposes}
            without = {t for t in expected if missing in _told(t, number)}
            assert seen == expected - without, (purpose, missing)


def _told(table, number):
    """Return what the rows of a table on this file tell: a name is the person's or an accused's."""
    if table == "identity_datakey" and number.startswith(("MK", "WK")):
        return set()  # whoever helps has the keys; what they seal has classes of its own
    if table.startswith("identity_"):
        kept = FieldClass.ACCUSED if number.startswith("PR") else FieldClass.IDENTITY
        return {kept}
    if table == "four_eyes_secondsignature":
        return set()  # who may sign reads why, whatever the grant opens
    return TABLE[table]


def test_without_the_class_in_the_policy_the_row_is_there(full, acting):
    """The mutant: the policy of the screenings as it was before there were classes."""
    who = officer(ROLE_FOR[Purpose.DETERMINATION])
    open_to(who, full.number, Purpose.DETERMINATION, classes=[FieldClass.OPEN])
    acting(who)
    assert _seen("screening_screening") == 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select tests.as_owner(%s)", [
                "alter policy by_grant on screening_screening using (exists (select 1"
                " from access_grant g where g.file_number = case_id and g.until > now()))",
            ])  # fmt: skip
        assert _seen("screening_screening") == 1
        transaction.set_rollback(True)


def test_with_nobody_acting_no_row_is_there_at_all(full, acting):
    acting(None)
    assert {table for table in PERSON_TABLES if _seen(table)} == set()


def _schemas():
    for found in pkgutil.iter_modules(exchange.__path__):
        module = importlib.import_module(f"{exchange.__name__}.{found.name}")
        for name, one in vars(module).items():
            if (
                isinstance(one, type)
                and issubclass(one, Schema)
                and one.__module__ == module.__name__
            ):
                yield f"{found.name}.{name}", one


SCHEMAS = dict(_schemas())
ANSWERED = {k: s for k, s in SCHEMAS.items() if not k.endswith(("In", ".Strict"))}


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_names_its_fields_one_by_one(name):
    one = SCHEMAS[name]
    if issubclass(one, ModelSchema):
        assert isinstance(one.Meta.fields, list)
        assert not getattr(one.Meta, "exclude", None)
    assert one.model_config.get("extra") != "allow"


@pytest.mark.parametrize("name", sorted(ANSWERED))
def test_each_field_answered_about_a_person_comes_from_a_field_with_a_class(name):
    if ANSWERS[name] == "none":
        return
    assert list(ANSWERS[name]) == list(ANSWERED[name].model_fields)
    for source in ANSWERS[name].values():
        model, _dot, field = source.rpartition(".")
        nested = not model and (source == "none" or f"{name.partition('.')[0]}.{source}" in SCHEMAS)
        assert nested or field in CLASSED[model], (name, source)


def test_no_answer_is_listed_that_is_gone():
    assert ANSWERS.keys() == ANSWERED.keys()


def test_answers_without_a_schema_are_known():
    texts = "".join(path.read_text() for path in (PACKAGE / "web/exchange").glob("*.py"))
    free = re.findall(r'\("([^"]+)"[^)]*response=Any', texts)
    assert sorted(free) == ["/assess", "/cases/{number}/assessment", "/screen"]


def test_there_is_no_purpose_of_enforcing_immigration_law(db):
    words = re.compile("immigra|deport|border|enforce|removal|detain", re.IGNORECASE)
    assert [p.value for p in Purpose] == [
        "first_contact", "determination", "registration", "support", "justice",
    ]  # fmt: skip
    assert not [p for p in Purpose if words.search(f"{p.value} {p.label}")]
    for other in ("immigration", "deportation", "border_control", ""):
        who = officer().pk
        with (
            pytest.raises(IntegrityError, match="grant_within_its_purpose"), transaction.atomic(),
            connection.cursor() as cursor,
        ):  # fmt: skip
            cursor.execute(
                "select tests.give('MK-X', %s, %s, %s, now(), now(), '{open}')", [who, other, who]
            )
