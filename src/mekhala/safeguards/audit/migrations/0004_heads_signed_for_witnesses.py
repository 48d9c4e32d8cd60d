"""Signed heads of the log, added to and never changed."""

from django.db import migrations, models

from mekhala.safeguards.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_entries_chained_by_the_database")]
    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("size", models.BigIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("chain", models.CharField(help_text="The digest of the last entry", max_length=64)),
                ("last", models.BigIntegerField(help_text="The id of the last entry")),
                ("at", models.CharField(help_text="ISO 8601, UTC, as it was signed", max_length=40)),
                ("key", models.CharField(help_text="Public half of the key, in hexadecimal", max_length=64)),
                ("signature", models.CharField(max_length=128)),
                ("peaks", models.JSONField(help_text="Roots of the complete subtrees, the largest first")),
            ],
            options={"indexes": [models.Index(fields=["size", "id"], name="audit_head_size")]},
        ),
        append_only("audit_head"),
    ]
