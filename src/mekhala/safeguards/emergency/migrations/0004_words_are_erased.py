"""What was written of an opening goes with the file."""

from django.db import migrations

from mekhala.safeguards.emergency import erasure
from mekhala.safeguards.guards import erases


class Migration(migrations.Migration):
    dependencies = [("emergency", "0003_a_narrow_view_of_the_file"), ("retention", "0001_initial")]
    operations = [*erases("emergency", erasure.PARTS)]
