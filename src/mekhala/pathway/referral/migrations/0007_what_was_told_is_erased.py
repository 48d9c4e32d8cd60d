"""What a service was told of the person goes when its time is over; a status stays as it is."""

from django.db import migrations

from mekhala.pathway.referral import erasure
from mekhala.safeguards.guards import changed_function, erases


class Migration(migrations.Migration):
    dependencies = [
        ("referral", "0007_a_referral_rests_on_a_yes"),("referral", "0006_acceptance_opens_what_was_agreed"), ("retention", "0001_initial")]
    operations = [
        changed_function(
            "referral_moves_on()",
            "if not (old.status = 'asked'",
            "if public.retention_is_erasing() then return new; end if;\n"
            "  if not (old.status = 'asked'",
        ),
        *erases("referral", erasure.PARTS),
    ]
