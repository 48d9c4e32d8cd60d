"""The list of cases starts from the grants; quickly, at a tenth of the length of the proof."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mekhala.pathway.encounter import queries
from mekhala.safeguards.access.models import Officer
from tests.builders import NOW, case, officer

ROOT = Path(__file__).resolve().parents[2]


def test_the_list_of_an_officer_with_600_of_20000_people_stays_in_time():
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.list_cost", "--people", "20000"],
        cwd=ROOT, env=_clean(), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    lines = [line.split("\t") for line in ran.stdout.splitlines()]
    assert [line[0] for line in lines] == ["COST-LIST", "COST-LIST"], ran.stderr
    name, target, measured, verdict, seed = lines[0]
    assert (name, target, seed) == ("COST-LIST", "<50 ms", "1")
    assert float(measured.removesuffix(" ms")) > 0
    assert verdict == "PASS", measured
    assert ran.returncode == 0


def _clean():
    """Return an environment in which the proof starts a database of its own."""
    ours = {"MEKHALA_DB_SOCKET", "MEKHALA_HOME", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    return {k: v for k, v in os.environ.items() if k not in ours} | {
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"
    }


@pytest.mark.parametrize(("few", "starts_from_grants"), [(3, True), (2, False)])
def test_few_grants_are_the_start_and_many_are_walked(
    db, acting, monkeypatch, few, starts_from_grants
):
    monkeypatch.setattr(queries, "FEW", few)
    me, other = officer(), officer()
    mine = [case(me).number for _ in range(3)]
    case(other)
    acting(me)
    asked = queries.newest_first(Officer.objects.get(pk=me.pk), now=NOW)
    assert ("access_grant" in str(asked.query)) == starts_from_grants
    assert {found.number for found in asked} == set(mine)
