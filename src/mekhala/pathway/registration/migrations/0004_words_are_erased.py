"""Why an entry was withdrawn goes when its time is over."""

from django.db import migrations

from mekhala.pathway.registration import erasure
from mekhala.safeguards.guards import erases


class Migration(migrations.Migration):
    dependencies = [("registration", "0003_reasons_are_sealed"), ("registration", "0003_rows_by_class"), ("retention", "0001_initial")]
    operations = [*erases("registration", erasure.PARTS)]
