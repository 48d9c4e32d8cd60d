"""A phone has a language and a day it was last seen; passwords are kept under a keyed digest.

Phones from before have a password nobody can turn into that digest: they end, and are given out
anew on the officer's own page.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0005_files_close_for_good")]
    operations = [
        migrations.AddField(
            "device", "language",
            models.CharField(
                choices=[("en", "English"), ("km", "Khmer")], default="en", max_length=2
            ),
        ),
        migrations.AddField(
            "device", "last_seen_at",
            models.DateTimeField(help_text="To ten minutes", null=True),
        ),
        migrations.RunSQL(
            "update access_device set revoked_at = now() where revoked_at is null", ""
        ),
    ]  # fmt: skip
