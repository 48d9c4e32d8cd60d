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
