"""Quality is counted without invented files (``reading_is_real``), whatever they hold."""

from django.db import migrations

from mekhala.safeguards.guards import changed_function

REAL = "public.reading_is_real(f.case_id)"
DECIDED, WAITING = "where d.decided_at >=", "from determination_determinationfile f group by stage"


class Migration(migrations.Migration):
    dependencies = [
        ("determination", "0009_what_is_known_is_sealed"),
        ("reading", "0002_files_read_are_counted"),
    ]
    operations = [
        changed_function(
            "determination_quality_decided(date, date)", DECIDED, f"where {REAL} and d.decided_at >="
        ),
        changed_function(
            "determination_quality_by_stage(date, date, date)", WAITING,
            f"from determination_determinationfile f where {REAL} group by stage",
        ),
    ]
