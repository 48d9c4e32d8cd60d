"""What a person said of how she or he may be reached lies sealed."""

from django.db import migrations, models

from mekhala.safeguards.identity.fields import SealedText
from mekhala.safeguards.identity.sealing_rows import seal_columns


class Migration(migrations.Migration):
    dependencies = [
        ("encounter", "0004_rows_by_class"),
        ("encounter", "0003_safe_contact"),
        ("identity", "0006_what_is_said_is_sealed_too"),
    ]
    operations = [
        migrations.RemoveConstraint("safecontact", "safe_contact_says_through_whom"),
        *seal_columns(
            "encounter", "safecontact",
            hours=SealedText(
                person="case_id", bound=("asked_at",), max_length=120,
                help_text="When it is safe to telephone",
            ),
            through=SealedText(
                person="case_id", bound=("asked_at",), max_length=120,
                help_text="The role of the trusted person; no name",
            ),
            words=SealedText(
                person="case_id", bound=("asked_at",),
                help_text="What else the person said about it",
            ),
        ),
        migrations.AddConstraint(
            "safecontact",
            models.CheckConstraint(
                condition=~models.Q(way="trusted_person") | ~models.Q(through=b""),
                name="safe_contact_says_through_whom",
            ),
        ),
    ]
