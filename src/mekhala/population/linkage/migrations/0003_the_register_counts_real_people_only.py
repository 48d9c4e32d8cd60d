"""The register is counted without invented files (``reading_is_real``), whatever they hold."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("mekhala.population.linkage.migrations.0002_register_counted_without_names")
MARK = "where r.withdrawn_at is null"
TAKE = BEFORE.TAKE.replace(MARK, f"{MARK} and public.reading_is_real(c.number)")
assert TAKE != BEFORE.TAKE


class Migration(migrations.Migration):
    dependencies = [
        ("linkage", "0002_register_counted_without_names"),
        ("reading", "0002_files_read_are_counted"),
    ]
    operations = [migrations.RunSQL(TAKE, BEFORE.TAKE)]
