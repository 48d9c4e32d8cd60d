"""Which fields of a name were kept under which key, as the log tells it.

A field put back from before its last keeping is refused; for that the vault asks the log, which
the application cannot read. It is told only to an officer to whom the file of the name is open.
"""

from django.db import migrations

FUNCTION = """
create function identity_keepings(of_subject text) returns table (fields jsonb, number integer)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  file text;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select i.file_number into file from public.identity_identity i where i.subject = of_subject;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  if public.audit_is_open(file, array['first_contact', 'determination', 'registration',
      'support', 'justice']) then
    return query select coalesce(e.details -> 'fields', '[]'),
        coalesce((e.details ->> 'number')::integer, 0)
      from public.audit_entry e where e.subject = of_subject and e.act = 'identity.kept';
  end if;
end $$;
revoke all on function identity_keepings(text) from public;
grant execute on function identity_keepings(text) to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0004_a_data_key_is_there_with_its_name"),
        ("audit", "0005_log_read_by_whom_a_file_is_open_to"),
    ]
    operations = [migrations.RunSQL(FUNCTION, "drop function identity_keepings(text);")]
