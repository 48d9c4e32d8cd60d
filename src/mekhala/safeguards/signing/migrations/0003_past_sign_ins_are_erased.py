"""Past sign-ins go after a season."""

from django.db import migrations

from mekhala.safeguards.guards import erases
from mekhala.safeguards.signing import erasure


class Migration(migrations.Migration):
    dependencies = [
        ("signing", "0002_only_the_owner_marks_a_country_as_invented"),
        ("retention", "0001_initial"),
    ]
    operations = [*erases("signing", erasure.PARTS)]
