"""Beside the sealed fields, two indexes that say nothing without the key service.

Names that stand already are indexed when they are next kept or shown: nothing opens them all.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0006_what_is_said_is_sealed_too")]
    operations = [
        migrations.AddField(
            "identity", "name_index",
            models.SmallIntegerField(
                null=True, db_index=True,
                help_text="Blind index of native name and birth; see lookup.py",
            ),
        ),
        migrations.AddField(
            "identity", "id_index",
            models.SmallIntegerField(
                null=True, db_index=True,
                help_text="Blind index of the national identity number",
            ),
        ),
    ]  # fmt: skip
