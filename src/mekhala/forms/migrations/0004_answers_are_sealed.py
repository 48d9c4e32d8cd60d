"""What was sent in lies sealed, each filled form under a key of its own.

It is there before any case is, so its key is kept under a number of its own; the key is seen by
whom the filled form is there for.
"""

from django.db import migrations, models

from mekhala.forms.models import new_submission_number
from mekhala.safeguards.identity.fields import SealedBytes, SealedJSON, SealedText
from mekhala.safeguards.identity.sealing_rows import seal_columns

SUBMISSION = (
    "number, version_id, instance_id, xml, sha256, answers, received_at, received_from_id, "
    "agency_id"
)
ATTACHMENT = "submission_id, name, content_type, content"
SEEN = """exists (select 1 from questionnaires_submission s
  where s.number = identity_datakey.subject)"""
POLICIES = f"""
create policy of_a_filled_form on identity_datakey for select to mekhala_app using ({SEEN});
create policy taken_in_of_a_form on identity_datakey for update to mekhala_app
  using ({SEEN}) with check ({SEEN});
"""


def let_go(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(f"drop trigger kept_as_it_came on {table}")


def keep(table: str, columns: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        create trigger kept_as_it_came before update of {columns} on {table}
          for each row execute function questionnaires_refuse_rewriting();
        """
    )


def number_each(apps, editor):
    kind = apps.get_model("questionnaires", "Submission")
    with editor.connection.cursor() as cursor:
        cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
        for pk in kind.objects.values_list("pk", flat=True):
            kind.objects.filter(pk=pk).update(number=new_submission_number())
        cursor.execute("set constraints all immediate")
        cursor.execute("select set_config('mekhala.maintenance', '', true)")



class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0004_rows_by_class"),
        ("questionnaires", "0003_texts_never_change"),
        ("identity", "0006_what_is_said_is_sealed_too"),
    ]
    operations = [
        let_go("questionnaires_submission"),
        let_go("questionnaires_attachment"),
        migrations.AddField("submission", "number", models.CharField(max_length=20, default="")),
        migrations.RunPython(number_each),
        migrations.AlterField(
            "submission", "number",
            models.CharField(
                max_length=20, unique=True, default=new_submission_number,
                help_text="What its data key is kept under: answers are there before a case is",
            ),
        ),
        *seal_columns(
            "questionnaires", "submission",
            xml=SealedText(person="number", bound=("instance_id", "sha256")),
            answers=SealedJSON(
                person="number", bound=("instance_id", "sha256"), default=dict,
                help_text="Question path → text, as read from xml; see answers.py",
            ),
        ),
        *seal_columns(
            "questionnaires", "attachment",
            content=SealedBytes(person="submission.number", bound=("submission_id", "name")),
        ),
        keep("questionnaires_submission", SUBMISSION),
        keep("questionnaires_attachment", ATTACHMENT),
        migrations.RunSQL(
            POLICIES,
            "drop policy of_a_filled_form on identity_datakey;"
            "drop policy taken_in_of_a_form on identity_datakey;",
        ),
    ]
