"""The first question about a person is put once; later it is only asked again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("determination", "0007_decided_questions_and_ties_seen")]
    operations = [
        migrations.AddConstraint(
            "determinationfile",
            models.UniqueConstraint(
                fields=["case"],
                name="file_first_question_once",
                condition=models.Q(stage="reasonable_grounds", asks_again=None),
            ),
        ),
    ]
