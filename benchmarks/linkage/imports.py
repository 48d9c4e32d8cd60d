"""How long a long list takes to come in, in how much memory, and that a kill loses nothing.

    PYTHONPATH=src:. python -m benchmarks.linkage.imports --rows 1000000

Writes an invented list, runs ``mekhala import`` on a database of its own, kills it once about a
third is in, runs it again, and compares what stands with what was written. One row in a thousand
is wrong on purpose. ``--cut``: the file ends in the middle of a row in its middle, as one that was
cut off on its way; then it is sent again whole. Prints one JSON document.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEADER = "record_id,full_name,name_km,sex,birth_date,province_code,father_name,phone,event_date\n"
FAMILY = ("Sok", "Chan", "Keo", "Chea", "Ly", "Nguon", "Prak", "Heng", "Mao", "Ouk", "Som", "Tep")
GIVEN = ("Srey Mom", "Dara", "Sophea", "Chantrea", "Bopha", "Rithy", "Sokha", "Vanna", "Kosal")
KHMER = ("ស្រីមុំ", "ដារា", "សុភា", "ចន្ទ្រា", "បុប្ផា", "រិទ្ធី", "សុខា", "វណ្ណា", "កុសល")
WRONG = (",no id,,f,1991,,,,\n", "x,=cmd|x,,f,1991,,,,\n", 'y,"open,,f,1991,,,,\n')
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
agency = Agency.objects.create(code="nc", name="Invented", kind="national_committee")
Officer.objects.create(username="st", shown_as="st", agency=agency, role="statistician")
from django.db import connection
connection.close(); connection.close_pool()
server and server.stop()
"""


def main(words: Sequence[str] | None = None) -> int:
    """Write, import, kill, import again, compare; print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--whole", action="store_true", help="let it run through, without a kill")
    parser.add_argument("--cut", action="store_true", help="first the half of the file alone")
    args = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        wrong = write_list(place / "list.csv", args.rows)
        _called(place, "-c", MAKE).check_returncode()
        cut = _cut(place) if args.cut else None
        killed_after = None if args.whole else _killed(place, args.rows)
        done = _import(place)
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            return 1
        told = json.loads(done.stdout)
        fits = (told["rows"], told["kept_apart"]) == (args.rows, wrong) and cut is not False
        print(json.dumps({**told, "wrong_rows": wrong, "killed_after": killed_after,
                          "cut_fits": cut, "fits": fits}))  # fmt: skip
    return 0 if fits else 1


def _cut(place: Path) -> bool:
    """Import the first half of the list, cut in a row; tell whether all of it is there."""
    whole = (place / "list.csv").read_bytes()
    half = whole[: whole.index(b"\nP", len(whole) // 2) + 6]  # "\nP", the row's number, no comma
    (place / "list.csv").write_bytes(half)
    done = _import(place)
    (place / "list.csv").write_bytes(whole)
    told = json.loads(done.stdout)
    rows = half.count(b"\n")  # the header has one, the last row none
    wrong = sum(half.count(row.encode()) for row in WRONG) + 1
    kept = (told["rows"], told["kept_apart"], told["reasons"]["cut_off"])
    return kept == (rows, wrong, 1)


def write_list(path: Path, rows: int, seed: int = 1) -> int:
    """Write an invented list of so many rows; return how many of them are wrong."""
    draw, wrong = random.Random(seed), 0
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for n in range(rows):
            if n % 1000 == 999:
                wrong += 1
                file.write(WRONG[n // 1000 % len(WRONG)])
                continue
            k = draw.randrange(len(GIVEN))
            born = f"{draw.randint(1, 28):02d}/{draw.randint(1, 12):02d}/{draw.randint(1960, 2012)}"
            met = f"2025-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
            name, father = f"{draw.choice(FAMILY)} {GIVEN[k]}", draw.choice(GIVEN)
            file.write(
                f"P{n},{name},{KHMER[k]},{'fm'[k % 2]},{born},{draw.randint(1, 25):02d},"
                f"{father},0{draw.randint(10**7, 10**8 - 1)},{met}\n"
            )
    return wrong


def _killed(place: Path, rows: int) -> float:
    """Start an import and kill it after a time in which it has taken some of the list."""
    began = time.perf_counter()
    running = subprocess.Popen(
        _words("-m", "mekhala.cli", *_import_words()), cwd=place, env=_environment(place),
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(15 + rows / 20_000)
    running.send_signal(signal.SIGKILL)
    running.wait()
    return round(time.perf_counter() - began, 1)


def _import(place: Path) -> subprocess.CompletedProcess[str]:
    return _called(place, "-m", "mekhala.cli", *_import_words(), "--json")


def _import_words() -> tuple[str, ...]:
    return ("import", "survey", "list.csv", "--as", "st")


def _called(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _words(*words), cwd=place, env=_environment(place), capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def _words(*words: str) -> list[str]:
    return [sys.executable, *words]


def _environment(place: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k != "MEKHALA_DB_SOCKET"}
    return kept | {"MEKHALA_HOME": str(place / "home"), "PYTHONPATH": str(ROOT / "src")}


if __name__ == "__main__":
    sys.exit(main())
