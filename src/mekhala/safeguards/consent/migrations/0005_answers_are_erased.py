"""Answers go last."""

from django.db import migrations

from mekhala.safeguards.consent import erasure
from mekhala.safeguards.guards import erasable, erases


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0006_a_yes_taken_back_takes_effect_at_once"),("consent", "0004_what_a_yes_opens"), ("retention", "0001_initial")]
    operations = [erasable("consent_consent"), *erases("consent", erasure.PARTS)]
