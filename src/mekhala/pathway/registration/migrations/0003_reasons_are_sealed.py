"""Why a certificate was withdrawn lies sealed."""

from django.db import migrations

from mekhala.safeguards.identity.fields import SealedText
from mekhala.safeguards.identity.sealing_rows import seal_columns


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0003_rows_by_class"),
        ("registration", "0002_row_security"),
        ("identity", "0006_what_is_said_is_sealed_too"),
    ]
    operations = [
        *seal_columns(
            "registration", "registration",
            withdrawn_because=SealedText(person="case_id", bound=("number",)),
        ),
    ]
