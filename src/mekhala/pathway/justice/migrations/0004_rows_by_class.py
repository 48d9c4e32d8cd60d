"""That there is a proceeding is one thing; who is complained of, and of what, is a class apart."""

from django.db import migrations

from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import open_by_class


class Migration(migrations.Migration):
    dependencies = [("justice", "0003_a_rung_is_reached_once"), ("access", "0004_grants_name_the_classes_they_open")]
    operations = [
        open_by_class(
            "justice_proceeding", "number", Purpose.JUSTICE, field_class=FieldClass.OPEN
        ),
        open_by_class(
            "justice_accused", "proceeding_id", Purpose.JUSTICE, field_class=FieldClass.ACCUSED
        ),
    ]
