"""What was said at a screening goes when its time is over; what was advised stays."""

from django.db import migrations

from mekhala.pathway.screening import erasure
from mekhala.safeguards.guards import erases


class Migration(migrations.Migration):
    dependencies = [("screening", "0004_rows_by_class"), ("screening", "0004_what_was_answered_is_sealed"), ("retention", "0001_initial")]
    operations = [*erases("screening", erasure.PARTS)]
