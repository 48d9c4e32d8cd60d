"""What was counted against a limit goes after a day."""

from django.db import migrations

from mekhala.safeguards.reading import erasure
from mekhala.safeguards.guards import erases


class Migration(migrations.Migration):
    dependencies = [("reading", "0004_alarms_told_without_the_file"), ("retention", "0001_initial")]
    operations = [*erases("reading", erasure.PARTS)]
