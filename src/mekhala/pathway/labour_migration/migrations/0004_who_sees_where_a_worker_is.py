"""With whom a worker is, is there for whom the worker's file is open to, by class; then erased."""

from django.db import migrations

from mekhala.pathway.labour_migration import erasure
from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import erases, open_by_grant


class Migration(migrations.Migration):
    dependencies = [
        ("labour_migration", "0003_a_worker_is_sent_by_an_agency_to_an_employer"),
        ("retention", "0002_the_database_erases"),
    ]
    operations = [
        open_by_grant(
            "labour_migration_deployment", "worker_id", Purpose.FIRST_CONTACT,
            Purpose.REGISTRATION, field_class=FieldClass.LOCATION,
        ),
        *erases("labour_migration", erasure.PARTS),
    ]  # fmt: skip
