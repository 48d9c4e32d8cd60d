"""Answers go last, and who answered for a child and who was told to stop with them."""

from django.db import migrations

from mekhala.safeguards.consent import erasure
from mekhala.safeguards.guards import erasable, erases


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0006_a_yes_taken_back_takes_effect_at_once"), ("retention", "0001_initial"),
    ]
    operations = [
        erasable("consent_consent"), erasable("consent_guardian"),
        *erases("consent", erasure.PARTS),
    ]
