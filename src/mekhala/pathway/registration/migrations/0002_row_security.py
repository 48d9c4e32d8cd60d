"""Registrations are there for the registrar and the authority."""

from django.db import migrations

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.guards import open_by_grant


class Migration(migrations.Migration):
    dependencies = [('registration', '0001_initial'), ('access', '0002_grants_seen_by_those_they_concern')]
    operations = [
        open_by_grant(
            "registration_registration", "case_id",
            Purpose.REGISTRATION, Purpose.DETERMINATION,
        ),
    ]
