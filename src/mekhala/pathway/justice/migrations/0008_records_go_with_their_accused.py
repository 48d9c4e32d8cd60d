"""Rows about an accused are there for whom the accused is there, and are only ever added to.

A hearing names nobody and goes with its proceeding. Words about an accused are opened by whoever
the proceeding is open to, also where no name is kept, and are erased with the name.
"""

from django.db import migrations

from mekhala.pathway.justice import erasure
from mekhala.safeguards.guards import (
    append_only,
    erasable,
    erases,
    erases_kind,
    open_with_parent,
)
from mekhala.safeguards.identity import erasure as identity_erasure
from mekhala.safeguards.retention.periods import lay_down

OF_AN_ACCUSED = (
    "complaint", "custody", "statement", "counsel", "investigation", "observation", "verdict",
    "confiscation", "appeal", "release", "factsfound", "gatecheck", "told", "clockalarm",
)  # fmt: skip
KEYS = """
create policy of_an_accused on identity_datakey for select to mekhala_app using (exists (
  select 1 from justice_accused a where a.number = identity_datakey.subject));
create policy taken_in_of_an_accused on identity_datakey for update to mekhala_app
  using (exists (select 1 from justice_accused a where a.number = identity_datakey.subject))
  with check (exists (select 1 from justice_accused a where a.number = identity_datakey.subject));
"""
NO_KEYS = """
drop policy of_an_accused on identity_datakey;
drop policy taken_in_of_an_accused on identity_datakey;
"""


def lay_down_periods(apps, _editor):
    """Give the database its copy of the file: suspicions that went nowhere lapse."""
    lay_down(apps.get_model("retention", "Period"))


class Migration(migrations.Migration):
    dependencies = [
        ("justice", "0007_the_ladder_in_its_own_words"),
        ("identity", "0009_blind_keys"),
    ]
    operations = [
        open_with_parent("justice_hearing", "proceeding_id", "justice_proceeding", "number"),
        *[
            open_with_parent(f"justice_{table}", "accused_id", "justice_accused", "number")
            for table in OF_AN_ACCUSED
        ],
        open_with_parent("justice_corrected", "told_id", "justice_told"),
        *[append_only(f"justice_{table}") for table in OF_AN_ACCUSED],
        *[erasable(f"justice_{table}") for table in erasure.NOTED],
        migrations.RunSQL(KEYS, NO_KEYS),
        migrations.RunPython(lay_down_periods, migrations.RunPython.noop),
        *erases("justice", erasure.PARTS),
        erases_kind("identity_erase_lapsed", "lapsed", identity_erasure.PARTS["lapsed"]),
    ]
