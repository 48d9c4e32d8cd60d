"""``mekhala import`` as a user calls it, on a database of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders_population import PLANTED, csv_list, person

ROOT = Path(__file__).resolve().parents[2]
MAKE = """
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "mekhala.config.settings.casework"
from mekhala.config.database import ready_the_server
server = ready_the_server()
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from mekhala.config import roles
roles.become(roles.OWNER)
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
agency = Agency.objects.create(code="police", name="Invented police", kind="police")
for role in ("statistician", "registrar"):
    Officer.objects.create(username=role, shown_as=role, agency=agency, role=role)
from django.db import connection
connection.close(); connection.close_pool()
server and server.stop()
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    if os.environ.get("DATABASE_URL"):
        pytest.skip("the command is tried on an embedded database of its own")
    folder = tmp_path_factory.mktemp("import")
    called([sys.executable, "-c", MAKE], folder).check_returncode()
    return folder


def called(words, home, **more):
    kept = {
        k: v
        for k, v in os.environ.items()
        if k not in ("MEKHALA_DB_SOCKET", "DJANGO_SETTINGS_MODULE")
    }
    environment = kept | {"MEKHALA_HOME": str(home / "home"), "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        words, cwd=home, env=environment, capture_output=True, text=True, check=False, **more
    )


def mekhala(home, *words, **more):
    return called([sys.executable, "-m", "mekhala.cli", "import", *words], home, **more)


def test_a_list_comes_in_once_and_the_second_time_is_refused(home):
    (home / "police.csv").write_text(csv_list("police", [person(n) for n in range(12)]))
    first = mekhala(home, "police", "police.csv", "--as", "statistician", "--json")
    assert (first.returncode, first.stderr) == (0, "")
    answer = json.loads(first.stdout)
    assert (answer["source"], answer["records"], answer["without_key"]) == ("police", 12, 0)
    assert not [name for name in PLANTED if name in first.stdout]
    again = mekhala(home, "police", "police.csv", "--as", "statistician")
    assert again.returncode == 2
    assert again.stderr.count("\n") == 1
    assert "taken before" in again.stderr
    assert not list((home / "home").rglob("postmaster.pid"))  # what it started, it stopped


def test_it_reads_standard_input_and_speaks_in_words(home):
    text = csv_list("hotline", [person(n) for n in range(5)])
    done = mekhala(home, "hotline", "-", "--as", "statistician", input=text)
    assert done.returncode == 0
    assert done.stdout == "hotline: 5 records taken, 0 without a key; no name was kept.\n"


@pytest.mark.parametrize(
    ("text", "officer", "said"),
    [
        ("source\nshelter\n", ["--as", "statistician"], "has no column record_id"),
        (
            "record_id,source\n1,shelter\n2,other\n",
            ["--as", "statistician"],
            "row 3, column source",
        ),
        ("record_id,source\n1,shelter\n", [], "--as"),
        ("record_id,source\n1,shelter\n", ["--as", "nobody"], "--as: no active officer 'nobody'"),
        ("record_id,source\n1,shelter\n", ["--as", "registrar"], "another role"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_status_2(home, text, officer, said):
    (home / "shelter.csv").write_text(text)
    done = mekhala(home, "shelter", "shelter.csv", *officer)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_file_that_is_not_there_is_named(home):
    done = mekhala(home, "shelter", "absent.csv", "--as", "statistician")
    assert (done.returncode, "absent.csv" in done.stderr) == (2, True)
