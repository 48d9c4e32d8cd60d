"""The words of a plan go when their time is over."""

from django.db import migrations

from mekhala.pathway.aftercare import erasure
from mekhala.safeguards.guards import erases


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0003_goals_are_sealed"), ("aftercare", "0003_rows_by_class"), ("retention", "0001_initial")]
    operations = [*erases("aftercare", erasure.PARTS)]
