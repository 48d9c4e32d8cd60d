"""Sheets that came on paper or by fax: there for whom the accused is there, erased with the name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mekhala.safeguards.identity.fields
from mekhala.pathway.justice import erasure
from mekhala.safeguards.guards import append_only, erasable, erases, open_with_parent
from mekhala.safeguards.retention.periods import lay_down

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
KEPT = django.db.models.deletion.PROTECT


def lay_down_periods(apps, _editor):
    """Give the database its copy of the file: the pictures go with the name."""
    lay_down(apps.get_model("retention", "Period"))


class Migration(migrations.Migration):
    dependencies = [
        ("justice", "0012_a_monitor_at_a_hearing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            "Sheet",
            [
                ("id", ID),
                ("media_type", models.CharField(max_length=40)),
                ("sha256", models.CharField(
                    help_text="Of the picture as it is kept", max_length=64)),
                ("content", mekhala.safeguards.identity.fields.SealedBytes(
                    bound=("sha256",), person="accused_id")),
                ("recorded_at", models.DateTimeField()),
                ("accused", models.ForeignKey(
                    on_delete=KEPT, related_name="sheets", to="justice.accused")),
                ("recorded_by", models.ForeignKey(
                    on_delete=KEPT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.CreateModel(
            "Keyed",
            [
                ("id", ID.clone()),
                ("kind", models.CharField(
                    help_text="Of the entry, as in its address", max_length=20)),
                ("entry", models.BigIntegerField()),
                ("sheet", models.ForeignKey(
                    on_delete=KEPT, related_name="keyed", to="justice.sheet")),
            ],
            options={
                "ordering": ["id"], "verbose_name_plural": "keyed",
                "constraints": [models.UniqueConstraint(
                    fields=("kind", "entry"), name="entry_keyed_from_one_sheet")],
            },
        ),
        open_with_parent("justice_sheet", "accused_id", "justice_accused", "number"),
        open_with_parent("justice_keyed", "sheet_id", "justice_sheet"),
        append_only("justice_sheet"),
        append_only("justice_keyed"),
        erasable("justice_sheet"),
        migrations.RunPython(lay_down_periods, migrations.RunPython.noop),
        *erases("justice", erasure.PARTS),
    ]  # fmt: skip
