"""Filled forms that arrive together are written by one call: see ``forms.services.together``.

It asks again what the application knew a moment ago: that each phone, its officer and the version
stand, that nothing failed too often, that nothing of this id came before. What does not stand is
left to the long way, and so is what somebody else is writing now: nothing is waited for but the
chain of the log. It has no rights of its own: rows of an agency are written as one of its
officers, under row security. The settings, and sums with nothing (``agency_id + 0``: no
index of agencies is read) and ``limit 1`` (asked for each form, not joined), keep a plan made for
empty tables right for full ones: each row is found by an id of its own.
"""

from django.db import migrations

KEEP = """
create type questionnaires_sent as (
  place int, moment timestamptz, device bigint, password text, failed text[], failures int,
  asks text, most int, asks_until timestamptz, officer bigint, agency bigint, role text,
  version bigint, instance text, sha256 text, number text, key_number int, key_form text,
  key_version int, took int, entry jsonb
);
create function questionnaires_keep_together(
  sent jsonb, texts bytea[], said bytea[], keys bytea[]
) returns table (place int, submission bigint) language plpgsql
set enable_seqscan to off set enable_hashjoin to off set enable_mergejoin to off
set plan_cache_mode to force_generic_plan as $$
#variable_conflict use_column
declare
  forms questionnaires_sent[];
  of_agency bigint;
  an_officer bigint;
  silent bigint[];
  ids bigint[] := '{}';
  numbers text[] := '{}';
  before text := coalesce(current_setting('mekhala.officer', true), '');
begin
  forms := array(select r from jsonb_populate_recordset(null::questionnaires_sent, sent) r);
  with counted as (
    select t.key, t.times, t.ends_at from signing_tried t
    where t.key = any (array(select r.asks from unnest(forms) r)) for update skip locked
  ), asked as (
    select r as form, row_number() over (partition by r.asks order by r.place) as turn
    from unnest(forms) r
  )
  select array_agg(r.form), array_agg(distinct d.id) filter (where d.last_seen_at is null
      or d.last_seen_at <= (r.form).moment - interval '10 minutes')
    into forms, silent
  from asked r
    join access_device d on d.id = (r.form).device
    join access_officer o on o.id = d.officer_id
    join questionnaires_formversion v on v.id = (r.form).version
    join questionnaires_form f on f.id = v.form_id
    left join counted c on c.key = (r.form).asks
  where d.password = (r.form).password and d.revoked_at is null and o.id = (r.form).officer
    and o.is_active and o.agency_id + 0 = (r.form).agency and o.role = (r.form).role
    and v.offered_at is not null and (f.for_all or exists (
      select from questionnaires_formuse u
      where u.form_id = f.id and u.agency_id = (r.form).agency and u.ended_at is null))
    and not exists (select from signing_tried t where t.key = any ((r.form).failed)
      and t.ends_at + interval '0' > (r.form).moment and t.times >= (r.form).failures)
    and case when c.key is not null then
        case when c.ends_at <= (r.form).moment then 0 else c.times end + r.turn <= (r.form).most
      else not exists (select from signing_tried t where t.key = (r.form).asks)
        and r.turn <= (r.form).most end
    and pg_try_advisory_xact_lock(hashtextextended((r.form).instance, 51));
  for of_agency, an_officer in
    select r.agency, min(r.officer) from unnest(forms) r group by r.agency
  loop
    perform set_config('mekhala.officer', an_officer::text, true);
    with kept as (
      insert into questionnaires_submission (version_id, number, instance_id, xml, sha256,
        answers, state, deprecated_id, is_encrypted, awaits_files, is_practice, took_seconds,
        received_at, received_from_id, agency_id, case_number)
      select r.version, r.number, r.instance, texts[r.place], r.sha256, said[r.place], 'received',
        '', false, false, false, r.took, r.moment, r.officer, r.agency, ''
      from unnest(forms) r
      where r.agency = of_agency
        and (select s.id from questionnaires_submission s
          where s.agency_id = of_agency and s.instance_id = r.instance limit 1) is null
        and (select s.id from questionnaires_submission s
          where s.agency_id + 0 = of_agency and s.deprecated_id <> ''
            and s.deprecated_id = r.instance limit 1) is null
      returning id, number
    )
    select ids || array_agg(k.id), numbers || array_agg(k.number::text) into ids, numbers
      from kept k;
  end loop;
  forms := array(select r from unnest(forms) r where r.number = any (numbers) order by r.place);
  if ids <> '{}' then
    insert into identity_datakey (subject, number, form, version, wrapped)
      select r.number, r.key_number, r.key_form, r.key_version, keys[r.place]
      from unnest(forms) r;
    perform set_config('mekhala.officer', before, true);
    insert into signing_tried as t (key, ends_at, times)
      select r.asks, max(r.asks_until), count(*) from unnest(forms) r group by r.asks
      on conflict (key) do update set
        times = case when t.ends_at <= now() then 0 else t.times end + excluded.times,
        ends_at = case when t.ends_at <= now() then excluded.ends_at else t.ends_at end;
    if silent is not null then
      update access_device set last_seen_at = now() where id in (
        select d.id from access_device d where d.id = any (silent)
          and d.id in (select r.device from unnest(forms) r) for update skip locked);
    end if;
    perform audit_append(array_to_json(array(select r.entry from unnest(forms) r))::jsonb);
  end if;
  perform set_config('mekhala.officer', before, true);
  return query select r.place, i.id from unnest(forms) r
    join unnest(numbers, ids) as i(number, id) on i.number = r.number;
end $$;
revoke all on function questionnaires_keep_together(jsonb, bytea[], bytea[], bytea[])
  from public;
grant execute on function questionnaires_keep_together(jsonb, bytea[], bytea[], bytea[])
  to mekhala_app;
"""
UNDO = """
drop function questionnaires_keep_together(jsonb, bytea[], bytea[], bytea[]);
drop type questionnaires_sent;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0014_forms_of_named_agencies"),
        ("access", "0007_browsers_are_enrolled_by_a_code"),
        ("audit", "0005_log_read_by_whom_a_file_is_open_to"),
        ("identity", "0009_blind_keys"),
        ("signing", "0003_past_sign_ins_are_erased"),
    ]
    operations = [migrations.RunSQL(KEEP, UNDO)]
