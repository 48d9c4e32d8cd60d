"""The name behind a case is of the class identity; every other name on a file is an accused's.

A person's name is kept under the number of the case itself, an accused's under a number of its
own on the file of the proceeding.
"""

from django.db import migrations

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.guards import open_by_class

WHOSE = "(case when subject = file_number then 'identity' else 'accused' end)"


class Migration(migrations.Migration):
    dependencies = [("identity", "0005_keepings_told_by_the_log"), ("access", "0004_grants_name_the_classes_they_open")]
    operations = [open_by_class("identity_identity", "file_number", *Purpose, field_class=WHOSE)]
