"""Why two officers agreed goes with the file."""

from django.db import migrations

from mekhala.safeguards.four_eyes import erasure
from mekhala.safeguards.guards import erases


class Migration(migrations.Migration):
    dependencies = [("four_eyes", "0002_two_officers_two_agencies_two_devices"), ("retention", "0001_initial")]
    operations = [*erases("four_eyes", erasure.PARTS)]
