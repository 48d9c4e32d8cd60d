"""Requests whose hold has ended lapse by themselves, and their places are free again.

No officer acts, so no row would be seen: the function runs with the rights of the tables'
owner, does this one thing and hands back numbers only. It is not for an officer to call, and a
hold is over by the clock of the database, whatever instant is named.
"""

from django.db import migrations

EXPIRE = """
create or replace function referral_expire_overdue(as_of timestamptz)
returns table (referral bigint, case_number varchar)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if nullif(current_setting('mekhala.officer', true), '') is not null then
    raise insufficient_privilege using message = 'requests lapse by themselves';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  return query
    with lapsed as (
      update public.referral_referral r set status = 'expired', answered_at = as_of
      where r.status = 'asked' and r.hold_until <= least(as_of, clock_timestamp())
      returning r.id, r.case_id, r.service_id
    ), given_back as (
      update public.directory_service s
      set places_free = s.places_free + l.n, places_held = s.places_held - l.n
      from (select service_id, count(*)::int as n from lapsed group by service_id) l
      where s.id = l.service_id and s.places_held >= l.n
    )
    select lapsed.id, lapsed.case_id from lapsed order by lapsed.id;
  perform set_config('mekhala.maintenance', '', true);
end $$;
revoke all on function referral_expire_overdue(timestamptz) from public;
grant execute on function referral_expire_overdue(timestamptz) to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referral", "0003_told_the_least"),
        ("directory", "0002_places_held_and_places_not_counted"),
    ]
    operations = [
        migrations.RunSQL(EXPIRE, "drop function referral_expire_overdue(timestamptz)")
    ]
