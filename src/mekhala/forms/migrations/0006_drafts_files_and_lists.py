"""A version is a draft until it is put into use; files and lists that go out with it are kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.migrations import RunSQL

VERSION = (
    "form_id, version, source_name, source, xform, sha256, languages, questions, "
    "uploaded_by_id, uploaded_at, asks_for, offered_at"
)
LET_GO = "drop trigger kept_as_it_came on questionnaires_formversion;"
AS_BEFORE = """
create trigger kept_as_it_came before update of form_id, version, source_name, source, xform,
  sha256, languages, questions, uploaded_by_id, uploaded_at on questionnaires_formversion
  for each row execute function questionnaires_refuse_rewriting();
"""
KEEP = """
create trigger kept_as_it_came before update of {columns} on questionnaires_formversion
  for each row when (old.offered_at is not null)
  execute function questionnaires_refuse_rewriting();
"""
FILES = """
revoke delete, truncate on questionnaires_formfile, questionnaires_listversion from mekhala_app;
create function questionnaires_keep_files() returns trigger language plpgsql as $$
begin
  if new.version_id <> old.version_id or new.name <> old.name or exists (
    select 1 from public.questionnaires_formversion v
    where v.id = old.version_id and v.offered_at is not null) then
    raise insufficient_privilege using message = tg_table_name || ' keeps what it was given';
  end if;
  return new;
end $$;
create trigger kept_as_it_came before update on questionnaires_formfile
  for each row execute function questionnaires_keep_files();
create trigger kept_as_it_came before update on questionnaires_listversion
  for each row execute function questionnaires_refuse_rewriting();
"""
BACK = """
drop trigger kept_as_it_came on questionnaires_formfile;
drop trigger kept_as_it_came on questionnaires_listversion;
drop function questionnaires_keep_files();
"""


def note_what_is_asked_for(apps, editor):
    """Fill the new columns of versions kept before: all were handed out at once."""
    from mekhala.core.wrong_input import WrongInput
    from mekhala.forms.safe_xml import CONVERTED
    from mekhala.forms.xform import read_xform

    kind = apps.get_model("questionnaires", "FormVersion")
    for version in kind.objects.only("pk", "xform", "uploaded_at", "source_name"):
        try:
            form = read_xform(version.xform.encode(), file_name="", bounds=CONVERTED)
            files = form.files
        except WrongInput:
            files = {}
        kind.objects.filter(pk=version.pk).update(offered_at=version.uploaded_at, asks_for=files)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("questionnaires", "0005_answers_are_erased"),
    ]
    operations = [
        RunSQL(LET_GO, AS_BEFORE),
        migrations.AddField("formversion", "offered_at", models.DateTimeField(
            null=True, help_text="First put into use; none: a draft")),
        migrations.AddField("formversion", "asks_for", models.JSONField(
            default=dict,
            help_text="Files the form needs: name → picture, sound, film or list")),
        migrations.RunPython(note_what_is_asked_for, migrations.RunPython.noop),
        RunSQL("set constraints all immediate", RunSQL.noop),
        migrations.AddConstraint("formversion", models.CheckConstraint(
            condition=models.Q(is_offered=False) | models.Q(offered_at__isnull=False),
            name="form_draft_not_offered")),
        RunSQL(KEEP.format(columns=VERSION), LET_GO),
        migrations.CreateModel(
            name="FormFile",
            fields=[
                ("id", models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, help_text="As the form asks for it")),
                ("content_type", models.CharField(max_length=100)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("md5", models.CharField(
                    max_length=32, help_text="What OpenRosa asks for; no safeguard")),
                ("added_at", models.DateTimeField()),
                ("added_by", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+",
                    to=settings.AUTH_USER_MODEL)),
                ("version", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="files",
                    to="questionnaires.formversion")),
            ],
            options={
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(
                    fields=["version", "name"], name="form_file_once")],
            },
        ),
        migrations.CreateModel(
            name="ListVersion",
            fields=[
                ("id", models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(
                    max_length=80, help_text="The file name forms ask for it by")),
                ("number", models.PositiveIntegerField(
                    help_text="Counts from 1 for each name")),
                ("content", models.BinaryField(
                    help_text="CSV in UTF-8, as it is handed out")),
                ("sha256", models.CharField(max_length=64)),
                ("md5", models.CharField(
                    max_length=32, help_text="What OpenRosa asks for; no safeguard")),
                ("entries", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["name", "-number"],
                "constraints": [models.UniqueConstraint(
                    fields=["name", "number"], name="form_list_number_once")],
            },
        ),
        RunSQL(FILES, BACK),
    ]  # fmt: skip
