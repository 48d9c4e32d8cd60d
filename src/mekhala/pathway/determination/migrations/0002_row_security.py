"""The file is there for the authority; the decision also for the registrar. None is ever changed."""

from django.db import migrations

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.guards import (
    append_only,
    open_by_grant,
    open_with_parent,
)


class Migration(migrations.Migration):
    dependencies = [('determination', '0001_initial'), ('access', '0002_grants_seen_by_those_they_concern')]
    operations = [
        open_by_grant("determination_determinationfile", "case_id", Purpose.DETERMINATION),
        open_with_parent("determination_finding", "file_id", "determination_determinationfile"),
        open_with_parent("determination_reading", "file_id", "determination_determinationfile"),
        open_by_grant(
            "determination_decision", "case_id", Purpose.DETERMINATION, Purpose.REGISTRATION
        ),
        append_only("determination_finding"),
        append_only("determination_reading"),
        append_only("determination_decision"),
    ]
