"""A worker's file is there for whom it is open to, by class; a fund's ledger is never changed."""

from django.db import migrations

from mekhala.pathway.labour_migration import erasure
from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import append_only, erases, open_by_grant, open_with_parent
from mekhala.safeguards.retention.periods import lay_down

TABLES = {
    "worker": ("number", FieldClass.OPEN),
    "complaint": ("worker_id", FieldClass.NARRATIVE),
    "departure": ("worker_id", FieldClass.IDENTITY),
    "askafter": ("worker_id", FieldClass.LOCATION),
}


def lay_down_periods(apps, _editor):
    """Give the database the period of the new kind."""
    lay_down(apps.get_model("retention", "Period"))


class Migration(migrations.Migration):
    dependencies = [
        ("labour_migration", "0001_initial"),
        ("access", "0005_files_close_for_good"),
        ("identity", "0009_blind_keys"),
        ("retention", "0002_the_database_erases"),
    ]
    operations = [
        *[
            open_by_grant(
                f"labour_migration_{table}", column, Purpose.FIRST_CONTACT, Purpose.REGISTRATION,
                field_class=told,
            )
            for table, (column, told) in TABLES.items()
        ],
        open_with_parent("labour_migration_asked", "ask_after_id", "labour_migration_askafter"),
        append_only("labour_migration_fundentry"),
        migrations.RunPython(lay_down_periods, migrations.RunPython.noop),
        *erases("labour_migration", erasure.PARTS),
    ]  # fmt: skip
