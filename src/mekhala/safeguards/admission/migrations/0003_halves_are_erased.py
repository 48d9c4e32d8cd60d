"""Half codes go some time after they ended."""

from django.db import migrations

from mekhala.safeguards.admission import erasure
from mekhala.safeguards.guards import erases


class Migration(migrations.Migration):
    dependencies = [("admission", "0002_rights_of_officers_change_under_two_signatures"), ("retention", "0001_initial")]
    operations = [*erases("admission", erasure.PARTS)]
