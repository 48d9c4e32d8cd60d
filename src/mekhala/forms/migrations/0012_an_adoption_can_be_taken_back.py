"""The authority may take an adoption back: it stays to be read, and another may follow."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.migrations import RunSQL
from django.db.models import Q

BEFORE = """
drop trigger kept_as_it_came on questionnaires_formadoption;
"""
# What was recorded is never altered; taking it back is written once.
KEPT = """
create trigger kept_as_it_came before update of id, version_id, adopted_on, reference,
    recorded_by_id, recorded_at on questionnaires_formadoption
  for each row execute function questionnaires_refuse_rewriting();
create trigger taken_back_once before update on questionnaires_formadoption
  for each row when (old.taken_back_at is not null)
  execute function questionnaires_refuse_rewriting();
"""
UNDO = """
drop trigger taken_back_once on questionnaires_formadoption;
drop trigger kept_as_it_came on questionnaires_formadoption;
"""
AS_BEFORE = """
create trigger kept_as_it_came before update on questionnaires_formadoption
  for each row execute function questionnaires_refuse_rewriting();
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("questionnaires", "0011_training_and_practice"),
    ]
    operations = [
        RunSQL(BEFORE, AS_BEFORE),
        migrations.AlterModelOptions("formadoption", {"ordering": ["recorded_at", "id"]}),
        migrations.AlterField("formadoption", "version", models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT, related_name="adoptions",
            to="questionnaires.formversion")),
        migrations.AddField("formadoption", "taken_back_because", models.CharField(
            max_length=200, blank=True, default="",
            help_text="The decision that takes it back, or why it was wrong"),
            preserve_default=False),
        migrations.AddField("formadoption", "taken_back_by", models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
            to=settings.AUTH_USER_MODEL)),
        migrations.AddField("formadoption", "taken_back_at", models.DateTimeField(null=True)),
        migrations.AddConstraint("formadoption", models.UniqueConstraint(
            fields=["version"], condition=Q(taken_back_at=None), name="form_adopted_once")),
        migrations.AddConstraint("formadoption", models.CheckConstraint(
            condition=Q(taken_back_at=None, taken_back_by=None, taken_back_because="")
            | Q(taken_back_at__isnull=False, taken_back_by__isnull=False)
            & ~Q(taken_back_because=""),
            name="form_adoption_taken_back_whole")),
        RunSQL(KEPT, UNDO),
    ]  # fmt: skip
