"""Quality is counted without invented files (``reading_is_real``), whatever they hold."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module(
    "mekhala.pathway.determination.migrations.0005_quality_counted_through_a_function"
)
REAL = "public.reading_is_real(f.case_id)"
CHANGES = [
    (BEFORE.DECIDED, "where d.decided_at >=", f"where {REAL} and d.decided_at >="),
    (
        BEFORE.BY_STAGE, "from determination_determinationfile f group by stage",
        f"from determination_determinationfile f where {REAL} group by stage",
    ),
]  # fmt: skip
AGAIN = ("create function", "create or replace function")
AFTER = "".join(text.replace(old, new).replace(*AGAIN) for text, old, new in CHANGES)
assert AFTER.count(REAL) == len(CHANGES)


class Migration(migrations.Migration):
    dependencies = [
        ("determination", "0008_first_question_once"),
        ("reading", "0002_files_read_are_counted"),
    ]
    operations = [
        migrations.RunSQL(AFTER, "".join(text.replace(*AGAIN) for text, _o, _n in CHANGES))
    ]
