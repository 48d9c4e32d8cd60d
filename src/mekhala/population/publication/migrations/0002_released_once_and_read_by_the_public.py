"""A released table is never altered; the public role reads released tables and paper seals."""

from django.db import migrations

from mekhala.safeguards.guards import append_only

READ = "grant select on publication_publishedtable, seals_seal to mekhala_public"
UNREAD = "revoke select on publication_publishedtable, seals_seal from mekhala_public"


class Migration(migrations.Migration):
    dependencies = [("publication", "0001_initial"), ("seals", "0001_initial")]
    operations = [
        append_only("publication_publishedtable"),
        migrations.RunSQL(READ, UNREAD),
    ]
