"""A data key of a person goes with a grant to help that person; justice has the accused's own.

A grant of justice opens nothing of a case, so no key of one either. The key of an accused is
there with the accused's name, as before.
"""

from django.db import migrations

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
OPEN = f"""exists (select 1 from access_grant g where g.officer_id = {ACTOR}
  and g.file_number = identity_datakey.subject and g.purpose <> 'justice' and g.until > now()
  offset 0)"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0007_blind_indexes")]
    operations = [
        migrations.RunSQL(
            f"alter policy of_an_open_file on identity_datakey using ({OPEN});"
            f"alter policy taken_in on identity_datakey using ({OPEN}) with check ({OPEN})",
            migrations.RunSQL.noop,
        )
    ]
