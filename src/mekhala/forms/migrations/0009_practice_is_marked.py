"""What somebody filled to learn is marked when it comes, and the mark is never taken away."""

from django.db import migrations, models

BEFORE = (
    "number, version_id, instance_id, xml, sha256, answers, received_at, received_from_id, "
    "agency_id, deprecated_id, is_encrypted"
)


def kept(columns):
    return (
        "drop trigger kept_as_it_came on questionnaires_submission;"
        f"create trigger kept_as_it_came before update of {columns}"
        " on questionnaires_submission for each row"
        " execute function questionnaires_refuse_rewriting();"
    )


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0008_based_on_and_adopted")]
    operations = [
        migrations.AddField(
            "submission", "is_practice",
            models.BooleanField(
                default=False, help_text="Filled to learn: never linked to a case, never mapped"
            ),
        ),
        migrations.RunSQL(kept(f"{BEFORE}, is_practice"), kept(BEFORE)),
    ]  # fmt: skip
