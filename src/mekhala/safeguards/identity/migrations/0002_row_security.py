"""A name is there for whom its case or proceeding is open to."""

from django.db import migrations

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.guards import open_by_grant


class Migration(migrations.Migration):
    dependencies = [('identity', '0001_initial'), ('access', '0002_grants_seen_by_those_they_concern')]
    operations = [
        open_by_grant("identity_identity", "file_number", *Purpose),
    ]
