"""The register is counted without invented files (``reading_is_real``), whatever they hold."""

from django.db import migrations

from mekhala.safeguards.guards import changed_function

COUNTED = "where r.withdrawn_at is null"


class Migration(migrations.Migration):
    dependencies = [
        ("linkage", "0002_register_counted_without_names"),
        ("reading", "0002_files_read_are_counted"),
    ]
    operations = [
        changed_function(
            "linkage_take_register(int, int)", COUNTED, f"{COUNTED} and public.reading_is_real(c.number)"
        )
    ]
