"""That a file is held is of the class open."""

from django.db import migrations

from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import open_by_class


class Migration(migrations.Migration):
    dependencies = [
        ("holds", "0002_set_and_lifted_under_two_signatures"),
        ("access", "0004_grants_name_the_classes_they_open"),
    ]
    operations = [
        open_by_class(
            "holds_hold", "number", Purpose.DETERMINATION, Purpose.REGISTRATION, Purpose.JUSTICE,
            field_class=FieldClass.OPEN,
        )
    ]
