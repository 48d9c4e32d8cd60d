"""The plan is there for those who support the person, never for justice."""

from django.db import migrations

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.guards import open_by_grant, open_with_parent


class Migration(migrations.Migration):
    dependencies = [('aftercare', '0001_initial'), ('access', '0002_grants_seen_by_those_they_concern')]
    operations = [
        open_by_grant(
            "aftercare_supportplan", "case_id", Purpose.SUPPORT, Purpose.REGISTRATION
        ),
        open_with_parent("aftercare_plantask", "plan_id", "aftercare_supportplan"),
        open_with_parent("aftercare_followup", "plan_id", "aftercare_supportplan"),
        # a day to look in that the person does not want any more is taken out of the plan
        migrations.RunSQL(
            "grant delete on aftercare_followup to mekhala_app",
            "revoke delete on aftercare_followup from mekhala_app",
        ),
    ]
