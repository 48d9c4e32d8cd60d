"""Cases and encounters are there for whom they are open to; a case never for justice."""

from django.db import migrations

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.guards import open_by_grant


class Migration(migrations.Migration):
    dependencies = [('encounter', '0001_initial'), ('access', '0002_grants_seen_by_those_they_concern')]
    operations = [
        open_by_grant("encounter_case", "number", *(p for p in Purpose if p != Purpose.JUSTICE)),
        open_by_grant(
            "encounter_encounter", "case_id",
            Purpose.FIRST_CONTACT, Purpose.DETERMINATION, Purpose.REGISTRATION,
        ),
    ]
