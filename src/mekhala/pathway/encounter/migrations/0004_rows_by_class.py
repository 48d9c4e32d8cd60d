"""A case opens what is needed to help; where somebody was met, and how to reach them, is apart.

Who asked how a person may be reached knows what they were told.
"""

from django.db import migrations

from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import open_by_class

HELPING = (Purpose.FIRST_CONTACT, Purpose.DETERMINATION, Purpose.REGISTRATION, Purpose.SUPPORT)


class Migration(migrations.Migration):
    dependencies = [("encounter", "0003_safe_contact"), ("access", "0004_grants_name_the_classes_they_open")]
    operations = [
        open_by_class("encounter_case", "number", *HELPING, field_class=FieldClass.OPEN),
        open_by_class(
            "encounter_encounter", "case_id",
            Purpose.FIRST_CONTACT, Purpose.DETERMINATION, Purpose.REGISTRATION,
            field_class=FieldClass.LOCATION,
        ),
        open_by_class(
            "encounter_safecontact", "case_id", *HELPING, field_class=FieldClass.LOCATION,
            own="asked_by_id",
        ),
    ]
