"""A phone may be a browser: its officer types a code there, once and within ten minutes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0006_phones_are_seen_and_speak_a_language")]
    operations = [
        migrations.AddField(
            "device", "kind",
            models.CharField(
                choices=[("collect", "ODK Collect"), ("browser", "A browser")],
                default="collect", max_length=10,
            ),
        ),
        migrations.AddField(
            "device", "code",
            models.CharField(
                blank=True, default="", help_text="Until it is used", max_length=128,
                verbose_name="code hash",
            ),
            preserve_default=False,
        ),
        migrations.AddField("device", "code_until", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "device",
            models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True), fields=("code",),
                name="device_code_once",
            ),
        ),
    ]  # fmt: skip
