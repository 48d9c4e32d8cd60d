"""A fifth list, and with each screening the version of the list it was read by."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("screening", "0002_row_security")]
    operations = [
        migrations.AddField(
            model_name="screening",
            name="list_version",
            field=models.CharField(
                blank=True, default="", max_length=40,
                help_text="Of the profile's list on the day; blank: not kept",
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="screening",
            name="indicators",
            field=models.JSONField(default=list, help_text="Indicator codes seen"),
        ),
        migrations.AlterField(
            model_name="screening",
            name="profile",
            field=models.CharField(
                blank=True, max_length=20,
                choices=[
                    ("adult_labour", "Adult, labour"),
                    ("child_labour", "Child, labour"),
                    ("adult_sexual", "Adult, sexual exploitation"),
                    ("child_sexual", "Child, sexual exploitation"),
                    ("forced_criminality", "Adult or child, made to commit offences"),
                ],
            ),
        ),
    ]
