"""What was entered stays as it was signed; a stop is lifted and never taken away."""

from django.db import migrations

RIGHTS = """
revoke update, delete, truncate on agreements_agreement, agreements_suspension,
  agreements_leadbody from mekhala_app;
grant update (told_of_end_at) on agreements_agreement to mekhala_app;
grant update (lifted_by_id, lifted_at, lifted_by_other_id, lifted_by_other_at)
  on agreements_suspension to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial")]
    operations = [migrations.RunSQL(RIGHTS, migrations.RunSQL.noop)]
