"""A plan stands in the person's own words: for whom the story is open, and for who made it.

Tasks and follow-ups go with their plan.
"""

from django.db import migrations

from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import open_by_class


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0002_row_security"), ("access", "0004_grants_name_the_classes_they_open")]
    operations = [
        open_by_class(
            "aftercare_supportplan", "case_id", Purpose.SUPPORT, Purpose.REGISTRATION,
            field_class=FieldClass.NARRATIVE, own="made_by_id",
        ),
    ]
