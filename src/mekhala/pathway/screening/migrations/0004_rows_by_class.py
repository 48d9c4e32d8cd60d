"""A screening tells what happened to the person."""

from django.db import migrations

from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import open_by_class


class Migration(migrations.Migration):
    dependencies = [("screening", "0003_forced_criminality_and_the_version_of_the_list"), ("access", "0004_grants_name_the_classes_they_open")]
    operations = [
        open_by_class(
            "screening_screening", "case_id",
            Purpose.FIRST_CONTACT, Purpose.DETERMINATION, Purpose.REGISTRATION,
            field_class=FieldClass.NARRATIVE,
        ),
    ]
