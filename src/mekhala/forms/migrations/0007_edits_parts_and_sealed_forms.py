"""Answers may take the place of earlier ones, come in parts, or be sealed by the phone.

What replaces what, and that the phone sealed it, is never rewritten; that more will follow is.
"""

from django.db import migrations, models

KEPT = (
    "number, version_id, instance_id, xml, sha256, answers, received_at, received_from_id, "
    "agency_id, deprecated_id, is_encrypted"
)


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0006_drafts_files_and_lists")]
    operations = [
        migrations.RunSQL("drop trigger kept_as_it_came on questionnaires_submission", ""),
        migrations.AddField(
            "submission", "deprecated_id",
            models.CharField(
                blank=True, default="", max_length=120,
                help_text="The instance this edit takes the place of",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "submission", "is_encrypted",
            models.BooleanField(
                default=False,
                help_text="Sealed by the phone to the form's own key: nobody here reads it",
            ),
        ),
        migrations.AddField(
            "submission", "awaits_files",
            models.BooleanField(default=False, help_text="The phone said more will follow"),
        ),
        migrations.AlterField(
            "submission", "state",
            models.CharField(
                choices=[
                    ("received", "Received"), ("held", "Held for checking"),
                    ("replaced", "Replaced by an edit"),
                ],
                default="received", max_length=10,
            ),
        ),
        migrations.AddIndex(
            "submission",
            models.Index(
                fields=["agency", "deprecated_id"], name="submission_edits",
                condition=models.Q(("deprecated_id", ""), _negated=True),
            ),
        ),
        migrations.RunSQL(
            f"create trigger kept_as_it_came before update of {KEPT}"
            " on questionnaires_submission for each row"
            " execute function questionnaires_refuse_rewriting()",
            "drop trigger kept_as_it_came on questionnaires_submission",
        ),
    ]  # fmt: skip
