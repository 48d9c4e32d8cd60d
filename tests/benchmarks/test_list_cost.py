"""The list of cases starts from the grants; quickly, at a tenth of the length of the proof."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import rows
from mekhala.pathway.encounter import queries
from mekhala.safeguards.access.models import Officer
from tests import homes
from tests.builders import NOW, case, officer

ROOT = Path(__file__).resolve().parents[2]


def test_the_list_of_an_officer_with_600_of_20000_people_stays_in_time():
    homes.migrated()
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.list_cost", "--quick"],
        cwd=ROOT, env=_clean(), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    found = [row for line in ran.stdout.splitlines() if (row := rows.read(line))]
    assert [row.proof for row in found] == ["COST-LIST"], ran.stderr
    assert found[0].seed == "1"
    assert "600 of 20,000 open" in found[0].target
    assert found[0].passed, found[0]
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
