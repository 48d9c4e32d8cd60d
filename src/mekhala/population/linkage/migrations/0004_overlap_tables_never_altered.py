"""A run is repeated from the overlap table it was asked on, so no such table is ever altered."""

from django.db import migrations

from mekhala.safeguards.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("linkage", "0003_the_register_counts_real_people_only")]
    operations = [append_only("linkage_overlaptable")]
