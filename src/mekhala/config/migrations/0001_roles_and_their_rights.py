"""What the application's role may do, before any table exists.

Run before every other migration: run later, it would give back what a room has taken away.
"""

from django.db import migrations

GRANTS = """
grant usage on schema public to mekhala_app, mekhala_public;
grant select, insert, update, delete on all tables in schema public to mekhala_app;
grant usage, select on all sequences in schema public to mekhala_app;
alter default privileges in schema public
  grant select, insert, update, delete on tables to mekhala_app;
alter default privileges in schema public grant usage, select on sequences to mekhala_app;
"""


class Migration(migrations.Migration):
    initial = True
    run_before = [
        (app, "0001_initial")
        for app in (
            "contenttypes", "agencies", "access", "audit", "consent", "identity", "seals",
            "questionnaires", "encounter", "screening", "determination", "registration",
            "directory", "referral", "aftercare", "justice", "linkage", "estimates", "claims",
            "publication",
        )
    ]  # fmt: skip
    dependencies = []
    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]
