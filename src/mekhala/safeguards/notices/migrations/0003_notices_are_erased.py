"""Notices go after a time, and with the file they are about."""

from django.db import migrations

from mekhala.safeguards.notices import erasure
from mekhala.safeguards.guards import erases


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_each_officer_sees_their_own"), ("retention", "0001_initial")]
    operations = [*erases("notices", erasure.PARTS)]
