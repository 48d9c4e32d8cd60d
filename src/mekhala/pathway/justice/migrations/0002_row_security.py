"""Proceedings are opened by their own numbers, not by the case."""

from django.db import migrations

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.guards import (
    append_only,
    open_by_grant,
    open_with_parent,
)


class Migration(migrations.Migration):
    dependencies = [('justice', '0001_initial'), ('access', '0002_grants_seen_by_those_they_concern')]
    operations = [
        open_by_grant("justice_proceeding", "number", Purpose.JUSTICE),
        open_with_parent("justice_accused", "proceeding_id", "justice_proceeding", "number"),
        open_with_parent("justice_charge", "accused_id", "justice_accused", "number"),
        open_with_parent("justice_step", "accused_id", "justice_accused", "number"),
        append_only("justice_step"),
    ]
