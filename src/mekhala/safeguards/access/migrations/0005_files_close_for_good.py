"""An erased file is open to nobody; ended keys of programs go."""

from django.db import migrations

from mekhala.safeguards.access import erasure
from mekhala.safeguards.guards import erases


class Migration(migrations.Migration):
    dependencies = [("access", "0004_grants_name_the_classes_they_open"), ("retention", "0001_initial")]
    operations = [*erases("access", erasure.PARTS)]
