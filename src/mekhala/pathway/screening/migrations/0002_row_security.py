"""Screenings are not there for providers or for justice."""

from django.db import migrations

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.guards import open_by_grant


class Migration(migrations.Migration):
    dependencies = [('screening', '0001_initial'), ('access', '0002_grants_seen_by_those_they_concern')]
    operations = [
        open_by_grant(
            "screening_screening", "case_id",
            Purpose.FIRST_CONTACT, Purpose.DETERMINATION, Purpose.REGISTRATION,
        ),
    ]
