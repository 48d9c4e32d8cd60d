"""An installation whose names lie in clear: the upgrade seals them, or changes nothing."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BEGIN = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "mekhala.config.settings.test"
from mekhala.config.database import ready_the_server
server = ready_the_server(fsync="off")
import django; django.setup()
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from mekhala.config import roles
PLANTED = "Planted Invented"
def ask(statement, *values):
    roles.become(roles.OWNER)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
        cursor.execute(statement, values)
        found = cursor.fetchall() if cursor.description else []
    roles.become(roles.APP)
    return found
def in_clear():
    call_command("migrate", "identity", "0002", verbosity=0)
    for n in range(3):
        ask("insert into identity_identity values (%s, %s, '', %s, '', '', '', '')",
            f"MK-{n}", f"MK-{n}", PLANTED)
try:
"""
END = """
finally:
    connection.close()
    server.stop()
"""
SEAL = """
    in_clear()
    call_command("migrate", "identity", verbosity=0)
    roles.become(roles.OWNER)
    from mekhala.safeguards.identity import datakeys, sealing
    from mekhala.safeguards.identity.models import DataKey, Identity
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
        row, key = Identity.objects.get(pk="MK-1"), DataKey.objects.get(subject="MK-1")
        keys = datakeys.unwrapped([key], actor="system", purpose="support")
        print(sealing.opened(keys, bytes(row.latin_name), subject="MK-1", field="latin_name"))
        print(DataKey.objects.count(), bytes(row.phone))
        cursor.execute("select pg_relation_filepath('identity_identity')")
        path = cursor.fetchone()[0]
    roles.become(roles.ADMIN)
    with connection.cursor() as cursor:
        cursor.execute("checkpoint")
    data = next(one.data for one in server.started if hasattr(one, "data"))
    with open(data / path, "rb") as table:
        kept = table.read()
    print(b"MK-1" in kept, PLANTED.encode() in kept)
"""
WITHOUT = """
    in_clear()
    settings.KEYS_SOCKET, settings.KEYS_PUBLIC = "nowhere", "nowhere"
    try:
        call_command("migrate", "identity", verbosity=0)
    except CommandError as refusal:
        print(refusal)
    print(ask("select latin_name from identity_identity limit 1")[0][0])
"""

SAID = """
    call_command("migrate", "screening", "0003", verbosity=0)
    call_command("migrate", "questionnaires", "0003", verbosity=0)
    ask("insert into agencies_agency (id, code, name, name_km, kind, province_code, is_active)"
        " values (1, 'a', 'A', '', 'first_responder', '12', true)")
    ask("insert into access_officer (id, password, username, shown_as, agency_id, role, is_active)"
        " values (1, '', 'o', 'O', 1, 'first_responder', true)")
    for n in range(3):
        ask("insert into encounter_case (number, opened_at, opened_by_id, agency_id, sex,"
            " age_certainty, nationality, language)"
            " values (%s, now(), 1, 1, 'female', 'unknown', '', '')", f"MK-{n}")
        ask("insert into screening_screening (case_id, screened_by_id, screened_at, answers,"
            " profile, list_version, indicators, outcome, because)"
            " values (%s, 1, now(), %s, '', '', '[]', 'refer', %s)",
            f"MK-{n}", '{"means.force": true}', PLANTED)
    ask("insert into questionnaires_form (id, form_id, title) values (1, 'f', 'F')")
    ask("insert into questionnaires_formversion (id, form_id, version, source_name, source, xform,"
        " sha256, languages, questions, uploaded_by_id, uploaded_at, is_offered)"
        " values (1, 1, '1', '', '', '', '', '[]', 0, 1, now(), true)")
    ask("insert into questionnaires_submission (id, version_id, instance_id, xml, sha256, answers,"
        " state, received_at, received_from_id, agency_id, case_number)"
        " values (1, 1, 'uuid:1', %s, 'x', '{}', 'received', now(), 1, 1, 'MK-1')",
        f"<data>{PLANTED}</data>")
    ask("insert into questionnaires_attachment (submission_id, name, content_type, content)"
        " values (1, 'p', 'x', %s)", PLANTED.encode())
"""
SEAL_WORDS = (
    SAID
    + """
    for room in ("identity", "questionnaires", "screening"):
        call_command("migrate", room, verbosity=0)
    from mekhala.forms.models import Attachment, Submission
    from mekhala.pathway.screening.models import Screening
    roles.become(roles.OWNER)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
        one = Screening.objects.get(case_id="MK-1")
        print(one.because, one.answers, one.indicators)
        sent = Submission.objects.get()
        print(sent.xml, bytes(Attachment.objects.get().content).decode(), sent.number[:3])
        paths = []
        for table in ("screening_screening", "questionnaires_submission",
                      "questionnaires_attachment"):
            cursor.execute("select pg_relation_filepath(%s)", [table])
            paths.append(cursor.fetchone()[0])
    try:
        ask("update questionnaires_submission set xml = 'x'")
    except Exception as refusal:
        print(str(refusal).splitlines()[0])
    roles.become(roles.ADMIN)
    with connection.cursor() as cursor:
        cursor.execute("checkpoint")
    data = next(one.data for one in server.started if hasattr(one, "data"))
    print([PLANTED.encode() in (data / path).read_bytes() for path in paths])
"""
)
WITHOUT_WORDS = (
    SAID
    + """
    settings.KEYS_SOCKET, settings.KEYS_PUBLIC = "nowhere", "nowhere"
    try:
        call_command("migrate", "screening", verbosity=0)
    except CommandError as refusal:
        print(refusal)
    print(ask("select because from screening_screening limit 1")[0][0])
"""
)


@pytest.fixture
def told():
    """Return a function that runs a script on a database and key service of its own."""
    if os.environ.get("DATABASE_URL"):
        pytest.skip("the upgrade is tried on an embedded database of its own")
    home = Path(tempfile.mkdtemp(prefix="mekhala-upgrade-"))

    def run(script):
        done = subprocess.run(
            [sys.executable, "-c", BEGIN + script + END], check=False, capture_output=True,
            text=True, cwd=ROOT,
            env=os.environ | {"MEKHALA_HOME": str(home), "PYTHONPATH": str(ROOT / "src")},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    yield run
    shutil.rmtree(home, ignore_errors=True)


def test_names_in_clear_are_sealed_and_leave_the_table_s_pages(told):
    assert told(SEAL) == ["Planted Invented", "3 b''", "True False"]


def test_without_a_key_service_the_upgrade_changes_nothing_and_says_why(told):
    said, kept = told(WITHOUT)
    assert "no key service answers" in said
    assert kept == "Planted Invented"


def test_what_was_said_in_clear_is_sealed_and_leaves_the_tables_pages(told):
    assert told(SEAL_WORDS) == [
        "Planted Invented {'means.force': True} []",
        "<data>Planted Invented</data> Planted Invented SB-",
        "questionnaires_submission keeps what it was given", "[False, False, False]",
    ]  # fmt: skip


def test_without_a_key_service_what_was_said_stays_as_it_is_and_why_is_said(told):
    said, kept = told(WITHOUT_WORDS)
    assert "no key service answers" in said
    assert kept == "Planted Invented"
