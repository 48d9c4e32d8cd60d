"""A lawyer here is the presumed victim's. An accused's stands with the accused, in justice.

No door ever wrote one for an accused; should a row be there all the same, the migration stops
rather than lose it.
"""

from django.db import migrations

NOBODY_LEFT = """
select set_config('mekhala.maintenance', 'on', true);
do $$ begin
  if exists (select 1 from redress_legalaid where party <> 'victim') then
    raise exception 'redress_legalaid holds lawyers of accused: enter them with the accused first';
  end if;
end $$;
select set_config('mekhala.maintenance', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [("redress", "0002_row_security")]
    operations = [
        migrations.RunSQL(NOBODY_LEFT, migrations.RunSQL.noop),
        migrations.RemoveConstraint("legalaid", "legal_aid_of_an_accused_in_a_proceeding"),
        migrations.RemoveField("legalaid", "accused"),
        migrations.RemoveField("legalaid", "party"),
    ]
