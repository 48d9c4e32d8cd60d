"""Every table has a period or a reason to be kept, and the database obeys the file."""

import importlib

import pytest
import yaml
from django.apps import apps
from django.db import connection

from mekhala.safeguards.guards import erasing_body
from mekhala.safeguards.identity.fields import Sealed
from mekhala.safeguards.retention.periods import ROWS, as_table, kept, kinds
from mekhala.safeguards.retention.queries import differs_from_the_file
from tests.builders_retention import as_owner
from tests.safeguards.test_field_classes import MODELS, PACKAGE

CLASSED = yaml.safe_load((PACKAGE / "safeguards/access/field_classes.yaml").read_text())
TELLS = {"location", "identity", "narrative"}
# Codes that stay when the words go: what is counted, and what was decided.
COUNTED = {
    "screening.Screening": {"outcome"},
    "determination.ClockChange": {"reason"},
    "determination.Reading": {"answer", "grounds", "is_override"},
    "determination.Decision": {
        "grounds", "article", "is_override", "unknown_elements", "sources_differ",
    },
    "aftercare.FollowUp": {
        "outcome", "housing", "may_stay", "work", "pay_enough", "feels_safe",
    },
    "aftercare.FamilyTrace": {"kin", "family_wants", "is_safe"},
    "aftercare.ReturnHome": {"kin", "wants", "blocks", "agreed"},
    "emergency.Opening": {"reason"},
}  # fmt: skip
WITH_ROOMS = [c.name for c in apps.get_app_configs() if c.name.startswith("mekhala.")]


def _erased(label):
    """Return the fields of a model that some kind erases; ``ROWS`` where whole rows go."""
    said = [kind.tables[label] for kind in kinds().values() if label in kind.tables]
    return ROWS if ROWS in said else {name for names in said for name in names}


@pytest.mark.parametrize("label", sorted(MODELS))
def test_every_table_has_a_period_or_a_reason_to_be_kept(label):
    assert any(label in kind.tables for kind in kinds().values()) ^ (label in kept())


@pytest.mark.parametrize("label", sorted(MODELS))
def test_every_sealed_field_and_all_that_tells_of_somebody_is_erased(label):
    fields = {f.name: f for f in MODELS[label]._meta.local_fields}
    classed = CLASSED.get(label, "none")
    classed = {} if classed == "none" else classed
    tells = {
        n for n, word in classed.items() if TELLS & set(word if isinstance(word, list) else [word])
    }
    sealed = {n for n, f in fields.items() if isinstance(f, Sealed)}
    erased = _erased(label)
    assert erased == ROWS or (tells | sealed) - COUNTED.get(label, set()) <= erased
    assert erased == ROWS or erased <= fields.keys()


def test_no_line_speaks_of_a_model_that_is_gone():
    named = {label for kind in kinds().values() for label in kind.tables} | kept().keys()
    assert named <= MODELS.keys()


def test_each_kind_says_on_what_it_rests_and_none_claims_to_be_verified():
    for kind in kinds().values():
        assert kind.source
        assert kind.after in {"close", "receipt", "judgment", "row"}
        assert kind.own_wish in {"erased", "kept"}
        assert kind.days > 0
        assert not kind.verified


def test_the_database_obeys_the_file(db):
    assert differs_from_the_file() == []
    as_owner("update retention_period set days = 1 where kind = 'person'")
    assert differs_from_the_file() == ["person"]


def _parts():
    for name in WITH_ROOMS:
        if importlib.util.find_spec(f"{name}.erasure"):
            room = apps.get_app_config(
                name.split(".")[-1] if name != "mekhala.forms" else "questionnaires"
            )
            for kind, steps in importlib.import_module(f"{name}.erasure").PARTS.items():
                yield f"{room.label}_erase_{kind}", kind, steps


def test_the_functions_of_the_database_are_those_the_rooms_name(db):
    with connection.cursor() as cursor:
        cursor.execute("select proname, prosrc from pg_proc where proname ~ '_erase_' order by 1")
        there = dict(cursor.fetchall())
    assert there == {name: erasing_body(steps) for name, _kind, steps in _parts()}


def test_each_kind_is_erased_by_some_room():
    assert {kind for _name, kind, _steps in _parts()} == kinds().keys()


@pytest.mark.parametrize("label", sorted({t for k in kinds().values() for t in k.tables}))
def test_each_table_of_a_kind_is_touched_by_a_function_of_that_kind(label):
    table = MODELS[label]._meta.db_table
    for code, kind in kinds().items():
        if label in kind.tables:
            steps = [s for _name, of, said in _parts() if of == code for s in said]
            mine = [s for s in steps if f" {table} " in f"{s} " or f" {table}\n" in s]
            assert mine, f"{label} is of the kind {code} and no room erases it"
            if kind.tables[label] != ROWS:
                assert all(any(n in s for s in mine) for n in kind.tables[label])
            else:
                assert any(s.startswith("delete") for s in mine)


def test_the_table_of_the_docs_is_that_of_the_file():
    page = (PACKAGE.parents[1] / "docs/operations/retention.md").read_text(encoding="utf-8")
    assert as_table() in page
