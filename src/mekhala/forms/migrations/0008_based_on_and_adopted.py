"""A version says what it rests on, and the authority records that it adopted it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.migrations import RunSQL

BEFORE = (
    "form_id, version, source_name, source, xform, sha256, languages, questions, "
    "uploaded_by_id, uploaded_at, asks_for, offered_at"
)
LET_GO = "drop trigger kept_as_it_came on questionnaires_formversion;"
KEEP = """
create trigger kept_as_it_came before update of {columns} on questionnaires_formversion
  for each row when (old.offered_at is not null)
  execute function questionnaires_refuse_rewriting();
"""
ADOPTIONS = """
revoke delete, truncate on questionnaires_formadoption from mekhala_app;
create trigger kept_as_it_came before update on questionnaires_formadoption
  for each row execute function questionnaires_refuse_rewriting();
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("questionnaires", "0007_edits_parts_and_sealed_forms"),
    ]
    operations = [
        RunSQL(LET_GO, KEEP.format(columns=BEFORE)),
        migrations.AddField("formversion", "based_on", models.CharField(
            max_length=1000, blank=True, default="",
            help_text="What it rests on, in its author's words"), preserve_default=False),
        migrations.AddField("formversion", "note", models.CharField(
            max_length=1000, blank=True, default="",
            help_text="Its author's remark, as on its translations"), preserve_default=False),
        RunSQL(KEEP.format(columns=f"{BEFORE}, based_on, note"), LET_GO),
        migrations.CreateModel(
            name="FormAdoption",
            fields=[
                ("id", models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("adopted_on", models.DateField()),
                ("reference", models.CharField(
                    max_length=200, help_text="Number of the decision or circular")),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+",
                    to=settings.AUTH_USER_MODEL)),
                ("version", models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT, related_name="adoption",
                    to="questionnaires.formversion")),
            ],
        ),
        RunSQL(ADOPTIONS, RunSQL.noop),
    ]  # fmt: skip
