"""What was sent in goes when its time is over, and is otherwise never rewritten."""

from django.db import migrations

from mekhala.forms import erasure
from mekhala.safeguards.guards import changed_function, erases


KINDS = ("person", "loose_form", "held_form")  # those whose tables there were then


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0004_pictures_known_by_what_was_sent"),
        ("questionnaires", "0004_answers_are_sealed"),
        ("questionnaires", "0004_rows_by_class"),
        ("retention", "0001_initial"),
    ]
    operations = [
        changed_function(
            "questionnaires_refuse_rewriting()",
            "begin raise insufficient_privilege",
            "begin\n  if public.retention_is_erasing() then return new; end if;\n"
            "  raise insufficient_privilege",
        ),
        *erases("questionnaires", {k: erasure.PARTS[k] for k in KINDS}),
    ]
