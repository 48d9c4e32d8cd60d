"""Answers are seen by whom the case is open to, and never changed."""

from django.db import migrations

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.guards import append_only, open_by_grant


class Migration(migrations.Migration):
    dependencies = [('consent', '0001_initial'), ('access', '0002_grants_seen_by_those_they_concern')]
    operations = [
        open_by_grant("consent_consent", "case_number", Purpose.FIRST_CONTACT, Purpose.DETERMINATION, Purpose.REGISTRATION, Purpose.SUPPORT),
        append_only("consent_consent"),
    ]
