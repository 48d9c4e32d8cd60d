"""The register tells that somebody was recognised, and nothing of what happened."""

from django.db import migrations

from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import open_by_class


class Migration(migrations.Migration):
    dependencies = [("registration", "0002_row_security"), ("access", "0004_grants_name_the_classes_they_open")]
    operations = [
        open_by_class(
            "registration_registration", "case_id", Purpose.REGISTRATION, Purpose.DETERMINATION,
            field_class=FieldClass.OPEN,
        ),
    ]
