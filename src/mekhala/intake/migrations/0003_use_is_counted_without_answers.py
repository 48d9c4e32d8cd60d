"""How forms are used is counted for the authority and an agency's administrator: never practice.

Per agency, officer, form and month: forms sent, quarters of the time they took. What was advised,
refused and missed per agency alone: of one officer it would be a score, and few people.
"""

from django.db import migrations

ACTOR = "nullif(current_setting('mekhala.officer', true), '')::bigint"
USE = f"""
create function intake_use(from_at timestamptz, to_at timestamptz, zone text) returns table (
  agency bigint, officer bigint, form bigint, month date, sent bigint, timed bigint,
  lower numeric, middle numeric, upper numeric, refer bigint, do_not_refer bigint, unsure bigint,
  refused bigint, missed bigint
) language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  all_of boolean;
  own bigint;
begin
  select o.role = 'authority', o.agency_id into all_of, own from public.access_officer o
    where o.id = {ACTOR} and o.is_active and o.role in ('authority', 'administrator');
  if own is null then
    return;
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  return query
    with sent as (
      select s.agency_id, s.received_from_id, v.form_id,
        date_trunc('month', s.received_at at time zone zone)::date as of_month,
        s.took_seconds, t.advice, t.figures
      from public.questionnaires_submission s
        join public.questionnaires_formversion v on v.id = s.version_id
        left join public.intake_taken t on t.submission_id = s.id
      where s.state = 'received' and not s.is_practice
        and s.received_at >= from_at and s.received_at < to_at
        and (all_of or s.agency_id = own)
    )
    select c.agency_id, c.received_from_id, c.form_id, c.of_month, count(*), count(c.took_seconds),
      percentile_cont(0.25) within group (order by c.took_seconds)::numeric,
      percentile_cont(0.5) within group (order by c.took_seconds)::numeric,
      percentile_cont(0.75) within group (order by c.took_seconds)::numeric,
      null::bigint, null::bigint, null::bigint, null::bigint, null::bigint
    from sent c group by 1, 2, 3, 4
    union all
    select c.agency_id, null::bigint, c.form_id, c.of_month, count(*), count(c.took_seconds),
      percentile_cont(0.25) within group (order by c.took_seconds)::numeric,
      percentile_cont(0.5) within group (order by c.took_seconds)::numeric,
      percentile_cont(0.75) within group (order by c.took_seconds)::numeric,
      count(*) filter (where c.advice = 'refer'),
      count(*) filter (where c.advice = 'do_not_refer'),
      count(*) filter (where c.advice = 'unsure'),
      sum((c.figures ->> 'refused')::bigint)::bigint, sum((c.figures ->> 'missed')::bigint)::bigint
    from sent c group by 1, 3, 4;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
revoke all on function intake_use(timestamptz, timestamptz, text) from public;
grant execute on function intake_use(timestamptz, timestamptz, text) to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_seen_with_the_form"),
        ("questionnaires", "0011_training_and_practice"),
    ]
    operations = [
        migrations.RunSQL(USE, "drop function intake_use(timestamptz, timestamptz, text)"),
    ]
