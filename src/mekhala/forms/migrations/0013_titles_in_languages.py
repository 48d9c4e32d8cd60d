"""A version keeps what it is called and rests on in other languages; never changed once in use."""

from django.db import migrations, models
from django.db.migrations import RunSQL

BEFORE = (
    "form_id, version, source_name, source, xform, sha256, languages, questions, "
    "uploaded_by_id, uploaded_at, asks_for, offered_at, based_on, note"
)
LET_GO = "drop trigger kept_as_it_came on questionnaires_formversion;"
KEEP = """
create trigger kept_as_it_came before update of {columns} on questionnaires_formversion
  for each row when (old.offered_at is not null)
  execute function questionnaires_refuse_rewriting();
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0012_an_adoption_can_be_taken_back")]
    operations = [
        RunSQL(LET_GO, KEEP.format(columns=BEFORE)),
        migrations.AddField("formversion", "in_languages", models.JSONField(
            default=dict, help_text="Language → title, based_on and note in it; see titles.py")),
        RunSQL(KEEP.format(columns=f"{BEFORE}, in_languages"), LET_GO),
    ]  # fmt: skip
