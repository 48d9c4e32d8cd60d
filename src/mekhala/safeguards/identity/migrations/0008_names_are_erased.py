"""Names go when their time is over."""

from django.db import migrations

from mekhala.safeguards.identity import erasure
from mekhala.safeguards.guards import erases


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0008_keys_of_a_case_are_for_who_helps"),("identity", "0007_blind_indexes"), ("retention", "0001_initial")]
    operations = [*erases("identity", erasure.PARTS)]
