"""``mekhala import`` as a user calls it, on a database of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import homes
from tests.builders_population import PLANTED, csv_list, person
from tests.population.test_wrong_files import APART, LONG, WRONG

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


KILLED = """
import os, signal, sys
from mekhala.cli import main, progress
class Dying(progress.Progress):
    def __call__(self, done, total):
        if done >= 10_000:
            os.kill(os.getpid(), signal.SIGKILL)
progress.Progress = Dying
from mekhala.cli import import_command
import_command.Progress = Dying
sys.exit(main(sys.argv[1:]))
"""  # dies as by a power cut, after two batches


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    if os.environ.get("DATABASE_URL"):
        pytest.skip("the command is tried on an embedded database of its own")
    folder = tmp_path_factory.mktemp("import")
    (folder / "home").mkdir()
    homes.copy_to(folder / "home")
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
    rows = csv_list("police", [person(n) for n in range(12)]) + "police-1,police,again,,,\n"
    (home / "police.csv").write_text(rows)
    first = mekhala(home, "police", "police.csv", "--as", "statistician", "--json")
    assert (first.returncode, first.stderr) == (0, "")
    answer = json.loads(first.stdout)
    assert (answer["source"], answer["rows"], answer["records"]) == ("police", 13, 12)
    assert answer["reasons"] == {"duplicate": 1}
    assert answer["peak_mb"] > 0
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
    assert done.stdout.startswith("hotline: 5 rows: 5 records taken and sealed, 0 kept apart.")


def test_an_agency_may_have_tokens_kept_and_no_names(home):
    (home / "survey.csv").write_text(csv_list("survey", [person(n) for n in range(5)]))
    words = ["survey", "survey.csv", "--as", "statistician", "--without-names"]
    assert mekhala(home, *words).stdout == (
        "survey: 5 records taken, 0 without a key; no name was kept.\n"
    )


def test_tokens_that_an_agency_made_itself_are_kept_as_a_list(home):
    (home / "ngo.csv").write_text(csv_list("ngo", [person(n) for n in range(6)]))
    cli = [sys.executable, "-m", "mekhala.cli", "encode"]
    called([*cli, "--new-key", "key"], home).check_returncode()
    called([*cli, "ngo.csv", "--key-file", "key", "--out", "t.csv"], home).check_returncode()
    done = mekhala(home, "ngo", "t.csv", "--tokens", "--as", "statistician", "--json")
    answer = json.loads(done.stdout)
    assert (answer["kept"], answer["records"]) == ("encoded", 6)
    again = mekhala(home, "ngo", "t.csv", "--tokens", "--as", "statistician")
    assert "taken before" in again.stderr


def test_a_mapping_is_proposed_and_then_used(home):
    (home / "odd.csv").write_text("Client ID;Client name;Gender\n1;X Y;F\n;Z;F\n")
    proposed = mekhala(home, "odd", "odd.csv", "--propose")
    assert 'full_name = ["Client name"]' in proposed.stdout
    (home / "map.toml").write_text(proposed.stdout)
    words = ["odd", "odd.csv", "--mapping", "map.toml", "--as", "statistician"]
    done = mekhala(home, *words, "--apart", "apart.csv")
    assert "2 rows: 1 records taken and sealed, 1 kept apart" in done.stdout
    assert (home / "apart.csv").read_text().splitlines()[1].startswith("3,Client ID,empty,")


@pytest.mark.parametrize(
    ("text", "officer", "said"),
    [
        ("source\nshelter\n", ["--as", "statistician"], "has no column record_id"),
        ("record_id,source\n1,shelter\n", ["--as", "statistician", "--stage", "x"], "--stage"),
        (
            "record_id,source\n1,shelter\n",
            ["--as", "statistician", "--from", "June"],
            "--from: 'June' is no day",
        ),
        (
            "record_id,source\n1,shelter\n",
            ["--as", "statistician", "--mapping", "x.toml"],
            "--mapping",
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


def test_of_a_file_full_of_faults_each_row_is_taken_or_kept_apart_with_its_reason(home):
    (home / "wrong.csv").write_bytes(WRONG)
    done = mekhala(home, "wrong", "wrong.csv", "--as", "statistician", "--apart", "why.csv")
    assert "9 rows: 4 records taken and sealed, 5 kept apart" in done.stdout
    kept = [line.split(",")[:3] for line in (home / "why.csv").read_text().splitlines()[1:]]
    assert kept == [[str(row), column, reason] for row, column, reason in APART]
    assert LONG[:300] not in done.stdout + done.stderr


def test_a_file_that_is_not_there_is_named(home):
    done = mekhala(home, "shelter", "absent.csv", "--as", "statistician")
    assert (done.returncode, "absent.csv" in done.stderr) == (2, True)


def test_other_column_names_are_linked_and_encoded_by_the_same_mapping(home):
    text = "Case No,Victim Name,Sex,DOB\n1,Sok Dara,M,25/03/1991\n2,Dara Sok,M,25/03/1991\n"
    (home / "moi.csv").write_text(text)
    (home / "moi.toml").write_text(
        '[columns]\nrecord_id = "Case No"\nfull_name = "Victim Name"\nsex = "Sex"\n'
        'birth_date = "DOB"\n[constants]\nsource = "moi"\n'
    )
    cli = [sys.executable, "-m", "mekhala.cli"]
    called([*cli, "encode", "--new-key", "key2"], home).check_returncode()
    words = ["moi.csv", "--columns", "moi.toml", "--out", "moi.tokens", "--key-file", "key2"]
    done = called([*cli, "encode", *words, "--json"], home)
    assert json.loads(done.stdout)["records"] == 2
    linked = called(
        [*cli, "link", "moi.csv", "--columns", "moi.toml", "--out", "linked", "--json"], home
    )
    assert (linked.returncode, json.loads(linked.stdout)["records"]) == (0, 2)


def test_killed_in_its_middle_it_goes_on_and_every_row_is_accounted_for(home):
    (home / "long.csv").write_text(
        "record_id,full_name\n" + "".join(f"{n},X Y\n" for n in range(60_000)) + ",none\n"
    )
    words = [sys.executable, "-m", "mekhala.cli", "import", "long", "long.csv", "--as"]
    environment = {k: v for k, v in os.environ.items() if k != "MEKHALA_DB_SOCKET"}
    environment |= {"MEKHALA_HOME": str(home / "home"), "PYTHONPATH": str(ROOT / "src")}
    running = subprocess.Popen(
        [sys.executable, "-c", KILLED, *words[3:], "statistician"], cwd=home, env=environment
    )
    assert running.wait() == -9
    done = mekhala(home, "long", "long.csv", "--as", "statistician", "--json")
    answer = json.loads(done.stdout)
    assert answer["went_on_from"] == 10_000
    assert (answer["rows"], answer["records"], answer["kept_apart"]) == (60_001, 60_000, 1)
