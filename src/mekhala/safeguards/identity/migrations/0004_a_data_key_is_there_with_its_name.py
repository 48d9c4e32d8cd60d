"""A data key is there for whom its name is there; a new one waits for its own row of names."""

from django.db import migrations

from mekhala.safeguards.guards import open_with_parent


class Migration(migrations.Migration):
    dependencies = [("identity", "0003_fields_are_sealed_per_person")]
    operations = [open_with_parent("identity_datakey", "subject", "identity_identity", "subject")]
