"""The log is added to and never changed."""

from django.db import migrations

from mekhala.safeguards.guards import append_only


class Migration(migrations.Migration):
    dependencies = [('audit', '0001_initial'), ('config', '0002_cache_shared_by_processes')]
    operations = [
        append_only("audit_entry"),
    ]
