"""What a browser sealed and we could not take whole is kept: for the agency it came to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mekhala.forms.models
from mekhala.forms import erasure
from mekhala.safeguards.guards import erases, guard
from mekhala.safeguards.retention.periods import lay_down

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
RULE = f"""
agency_id = (select o.agency_id from access_officer o where o.id = {ACTOR}
  and o.role in ('first_responder', 'authority', 'registrar', 'provider'))
"""
KEPT = "number, envelope, key_version, content, sha256, received_at, received_from_id, agency_id, device"


def lay_down_periods(apps, _editor):
    """Give the database the period of the new kind."""
    lay_down(apps.get_model("retention", "Period"))


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0009_practice_is_marked"),
        ("agencies", "0001_initial"),
        ("access", "0007_browsers_are_enrolled_by_a_code"),
        ("retention", "0002_the_database_erases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="SealedEnvelope",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False,
                                           verbose_name="ID")),
                ("number", models.CharField(default=mekhala.forms.models.new_envelope_number,
                                            max_length=20, unique=True)),
                ("envelope", models.CharField(
                    help_text="As the phone drew it, at random", max_length=32)),
                ("key_version", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("why", models.CharField(max_length=20, choices=[
                    ("does_not_open", "No key of ours opens it, or it was altered on its way"),
                    ("not_read", "It opened, and could not be read as a filled form"),
                    ("refused", "It opened, and the filled form was refused"),
                    ("files", "The answers were received; some file of it was not taken"),
                ])),
                ("received_at", models.DateTimeField()),
                ("device", models.BigIntegerField(help_text="Number of the phone")),
                ("opened_at", models.DateTimeField(
                    help_text="When it was opened after all", null=True)),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT,
                                             related_name="+", to="agencies.agency")),
                ("received_from", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT,
                                                    related_name="+", to=settings.AUTH_USER_MODEL)),
                ("submission", models.ForeignKey(
                    help_text="What came of it", null=True,
                    on_delete=django.db.models.deletion.CASCADE, related_name="envelopes",
                    to="questionnaires.submission")),
            ],
            options={"ordering": ["-received_at", "-id"]},
        ),
        migrations.AddConstraint(
            "sealedenvelope",
            models.UniqueConstraint(
                fields=("agency", "envelope", "sha256"), name="envelope_same_content_once"
            ),
        ),
        guard("questionnaires_sealedenvelope", RULE),
        migrations.RunSQL(
            f"create trigger kept_as_it_came before update of {KEPT}"
            " on questionnaires_sealedenvelope for each row"
            " execute function questionnaires_refuse_rewriting()",
            "drop trigger kept_as_it_came on questionnaires_sealedenvelope",
        ),
        migrations.RunPython(lay_down_periods, migrations.RunPython.noop),
        *erases("questionnaires", erasure.PARTS),  # "person" and the rest anew: with envelopes
    ]  # fmt: skip
