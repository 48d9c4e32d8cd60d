"""One call appends entries to the chain: lock, last digest, insert.

The lock comes first and each statement of the function sees what was committed before it, so
two writers never continue from the same digest.
"""

from django.db import migrations

APPEND = """
create function audit_append(entries jsonb) returns void language plpgsql as $$
declare
  previous text;
  entry jsonb;
  mark text;
begin
  perform pg_advisory_xact_lock(1835362152);
  select e.digest into previous from audit_entry e order by e.id desc limit 1;
  previous := coalesce(previous, repeat('0', 64));
  for entry in select * from jsonb_array_elements(entries) loop
    mark := encode(sha256(convert_to(previous || (entry ->> 'text'), 'UTF8')), 'hex');
    insert into audit_entry (at, act, subject, by, agency, details, previous, digest)
    values ((entry ->> 'at')::timestamptz, entry ->> 'act', entry ->> 'subject',
      (entry ->> 'by')::bigint, entry ->> 'agency', entry -> 'details', previous, mark);
    previous := mark;
  end loop;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunSQL(APPEND, "drop function audit_append(jsonb)")]
