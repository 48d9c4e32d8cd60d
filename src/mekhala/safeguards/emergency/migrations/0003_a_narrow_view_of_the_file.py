"""What an emergency opens: a few rows of one file, to read, and only those its reason needs.

The policies stand beside those of the grants (rows are shown by either) and are for reading:
nothing is written under an emergency. The numbers are looked up once for a statement, so that
lists cost no more than before. A data key is there with its name, as before.
"""

from django.db import migrations

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
PARTS = {  # table: the column with the file's number, and the part of the file it belongs to
    "encounter_case": ("number", "open"),
    "encounter_encounter": ("case_id", "location"),
    "encounter_safecontact": ("case_id", "location"),
    "identity_identity": ("file_number", "identity"),
}
BY_PART = "".join(
    f"""create policy in_emergency on {table} for select to mekhala_app
  using ({column} = any (array(select e.file_number from public.emergency_opening e
    where e.officer_id = {ACTOR} and e.until > now() and '{part}' = any (e.parts))));
"""
    for table, (column, part) in PARTS.items()
)


class Migration(migrations.Migration):
    dependencies = [
        ("emergency", "0002_the_database_decides_what_is_opened"),
        ("encounter", "0003_safe_contact"),
        ("identity", "0004_a_data_key_is_there_with_its_name"),
    ]
    operations = [
        migrations.RunSQL(
            BY_PART,
            "".join(f"drop policy in_emergency on {table};" for table in PARTS),
        )
    ]
