"""A referral says for which nights the place is given, and who answers by a link is told."""

from django.db import migrations, models

AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
BY_LINK = f"""
drop function referral_by_link(text, text);
create function referral_by_link(of_link text, of_code text)
returns table (state text, service varchar, need varchar, sex varchar, age_band varchar,
  language varchar, requirements varchar[], places smallint, until timestamptz,
  first_on date, last_on date)
language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  found_state record;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select * into found_state from public.referral_link_state(of_link, of_code);
  if found_state.state = 'open' then
    update public.referral_referrallink l set opened_at = coalesce(l.opened_at, clock_timestamp())
      where l.link = of_link;
  end if;
  return query
    select found_state.state, s.name, r.need, r.sex, r.age_band, r.language, r.requirements,
      r.places, r.hold_until, r.first_on, r.last_on
    from (select 1) one
      left join public.referral_referral r on r.id = found_state.of_referral
      left join public.directory_service s on s.id = r.service_id;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
revoke all on function referral_by_link(text, text) from public;
grant execute on function referral_by_link(text, text) to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referral", "0009_a_hold_ends_by_the_clock"),
        ("directory", "0006_nights_with_fewer_places"),
    ]
    operations = [
        migrations.AddField("referral", "first_on", models.DateField(null=True)),
        migrations.AddField("referral", "last_on", models.DateField(null=True)),
        migrations.RunSQL(BY_LINK, migrations.RunSQL.noop),
    ]
