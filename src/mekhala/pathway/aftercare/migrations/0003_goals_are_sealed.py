"""What a person wants, and what is done towards it, lies sealed."""

from django.db import migrations

from mekhala.safeguards.identity.fields import SealedText
from mekhala.safeguards.identity.sealing_rows import seal_columns


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0003_rows_by_class"),
        ("aftercare", "0002_row_security"),
        ("identity", "0006_what_is_said_is_sealed_too"),
    ]
    operations = [
        *seal_columns(
            "aftercare", "supportplan",
            goals=SealedText(
                person="case_id", bound=("made_at",), help_text="In the person's own words"
            ),
        ),
        *seal_columns(
            "aftercare", "plantask",
            what=SealedText(
                person="plan.case_id", bound=("plan_id", "need", "due_on"), max_length=300
            ),
        ),
    ]
