"""What was answered and seen at a screening lies sealed."""

from django.db import migrations

from mekhala.safeguards.identity.fields import SealedJSON, SealedText
from mekhala.safeguards.identity.sealing_rows import seal_columns


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0004_rows_by_class"),
        ("screening", "0003_forced_criminality_and_the_version_of_the_list"),
        ("identity", "0006_what_is_said_is_sealed_too"),
    ]
    operations = [
        *seal_columns(
            "screening", "screening",
            answers=SealedJSON(
                person="case_id", bound=("screened_at",), default=dict,
                help_text="Fact code → true, false or null (not known); absent: not asked",
            ),
            indicators=SealedJSON(
                person="case_id", bound=("screened_at",), default=list,
                help_text="Indicator codes seen",
            ),
            because=SealedText(person="case_id", bound=("screened_at",)),
        ),
    ]
