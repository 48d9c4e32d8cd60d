"""The application no longer reads or writes the log itself: four functions do, each for one thing.

``audit_append`` adds. ``audit_digests`` tells numbers and digests, for the tree, and nothing of what
they are of. ``audit_acts_about`` tells what was done on one file, when and by which agency, to an
officer to whom that file is open. ``audit_looks_at`` tells which officer looked at it, only to
whom it is open for determination, registration or support.

The functions run with the rights of the tables' owner; the purpose is asked about the officer who
acts, as ``access_may_open`` does.
"""

from django.db import migrations

ACTOR = "nullif(current_setting('mekhala.officer', true), '')::bigint"
AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
READERS = f"""
create function audit_is_open(on_number text, purposes text[]) returns boolean
language plpgsql stable {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  answer boolean;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select exists (select 1 from public.access_grant g
    where g.file_number = on_number and g.officer_id = {ACTOR} and g.until > now()
      and g.purpose = any(purposes)) into answer;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return answer;
end $$;

create function audit_digests(after bigint)
returns table (id bigint, digest text) language sql stable {AS_OWNER} as $$
  select e.id, e.digest::text from public.audit_entry e where e.id > after order by e.id
$$;

create function audit_acts_about(on_number text)
returns table (id bigint, at timestamptz, act text, agency text)
language plpgsql stable {AS_OWNER} as $$
begin
  if public.audit_is_open(on_number, array['first_contact', 'determination', 'registration',
      'support', 'justice']) then
    return query select e.id, e.at, e.act::text, e.agency::text from public.audit_entry e
      where e.subject = on_number order by e.id desc;
  end if;
end $$;

create function audit_looks_at(on_number text)
returns table (id bigint, at timestamptz, act text, officer bigint, agency text, page text,
  purpose jsonb, emergency boolean)
language plpgsql stable {AS_OWNER} as $$
begin
  if public.audit_is_open(on_number, array['determination', 'registration', 'support']) then
    return query select e.id, e.at, e.act::text, e.by, e.agency::text,
        coalesce(e.details ->> 'page', ''), coalesce(e.details -> 'purpose', '[]'),
        e.act like '%.emergency%' or coalesce(e.details -> 'emergency' = 'true', false)
      from public.audit_entry e
      where e.subject = on_number
        and (e.act = 'case.opened' or e.act like '%.shown' or e.act like '%.emergency%')
      order by e.id desc;
  end if;
end $$;

alter function audit_append(jsonb) {AS_OWNER};
revoke all on function audit_append(jsonb), audit_digests(bigint), audit_acts_about(text),
  audit_looks_at(text), audit_is_open(text, text[]) from public;
grant execute on function audit_append(jsonb), audit_digests(bigint), audit_acts_about(text),
  audit_looks_at(text) to mekhala_app;
revoke all on audit_entry from mekhala_app;
revoke all on sequence audit_entry_id_seq from mekhala_app;
"""
UNDO = """
grant select, insert on audit_entry to mekhala_app;
grant usage, select on sequence audit_entry_id_seq to mekhala_app;
drop function audit_looks_at(text);
drop function audit_acts_about(text);
drop function audit_digests(bigint);
drop function audit_is_open(text, text[]);
alter function audit_append(jsonb) security invoker reset search_path;
grant execute on function audit_append(jsonb) to public;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0004_heads_signed_for_witnesses"),
        ("access", "0003_nobody_opens_a_file_to_themselves"),
    ]
    operations = [migrations.RunSQL(READERS, UNDO)]
