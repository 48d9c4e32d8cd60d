"""Filled forms that arrive together are written by one statement: see ``forms.services.together``.

For each it asks again what the application knew a moment ago: that the phone, its officer and
the version stand, that nothing failed too often, that nothing of this id came before. What does
not stand is left to the long way, and so is what somebody else is writing now: nothing is waited
for but the chain of the log. Row security holds: each row is written as the officer it is of.
"""

from django.db import migrations

KEEP = """
create function questionnaires_keep_together(
  sent jsonb, texts bytea[], said bytea[], keys bytea[]
) returns table (place int, submission bigint) language plpgsql as $$
declare
  one record;
  tries int;
  kept bigint;
  entries jsonb := '[]';
  before text := coalesce(current_setting('mekhala.officer', true), '');
begin
  for one in select * from jsonb_to_recordset(sent) as r(
    place int, moment timestamptz, device bigint, password text, failed text[], failures int, asks text, most int,
    asks_until timestamptz, officer bigint, agency bigint, role text, version bigint,
    instance text, sha256 text, number text, key_number int, key_form text, key_version int,
    took int, entry jsonb)
  loop
    perform set_config('mekhala.officer', one.officer::text, true);
    continue when not exists (
      select from access_device d join access_officer o on o.id = d.officer_id
      where d.id = one.device and d.password = one.password and d.revoked_at is null
        and o.id = one.officer and o.is_active and o.agency_id = one.agency and o.role = one.role);
    continue when not exists (
      select from questionnaires_formversion v join questionnaires_form f on f.id = v.form_id
      where v.id = one.version and v.offered_at is not null and (f.for_all or exists (
        select from questionnaires_formuse u
        where u.form_id = f.id and u.agency_id = one.agency and u.ended_at is null)));
    continue when exists (select from signing_tried t
      where t.key = any (one.failed) and t.ends_at > one.moment and t.times >= one.failures);
    continue when not pg_try_advisory_xact_lock(hashtextextended(one.instance, 51));
    continue when exists (select from questionnaires_submission s
      where s.agency_id = one.agency and s.instance_id = one.instance);
    continue when exists (select from questionnaires_submission s
      where s.agency_id = one.agency and s.deprecated_id <> '' and s.deprecated_id = one.instance);
    perform from signing_tried t where t.key = one.asks for update skip locked;
    continue when not found and exists (select from signing_tried t where t.key = one.asks);
    insert into signing_tried as t (key, ends_at, times) values (one.asks, one.asks_until, 1)
      on conflict (key) do update set
        times = case when t.ends_at <= one.moment then 1 else t.times + 1 end,
        ends_at = case when t.ends_at <= one.moment then excluded.ends_at else t.ends_at end
      returning times into tries;
    continue when tries > one.most;
    update access_device set last_seen_at = one.moment where id in (
      select d.id from access_device d where d.id = one.device
        and (d.last_seen_at is null or d.last_seen_at <= one.moment - interval '10 minutes')
      for update skip locked);
    insert into identity_datakey (subject, number, form, version, wrapped)
      values (one.number, one.key_number, one.key_form, one.key_version, keys[one.place]);
    insert into questionnaires_submission (version_id, number, instance_id, xml, sha256, answers,
        state, deprecated_id, is_encrypted, awaits_files, is_practice, took_seconds, received_at,
        received_from_id, agency_id, case_number)
      values (one.version, one.number, one.instance, texts[one.place], one.sha256, said[one.place],
        'received', '', false, false, false, one.took, one.moment, one.officer, one.agency, '')
      returning id into kept;
    entries := entries || one.entry;
    place := one.place;
    submission := kept;
    return next;
  end loop;
  perform set_config('mekhala.officer', before, true);
  if entries <> '[]' then
    perform audit_append(entries);
  end if;
end $$;
revoke all on function questionnaires_keep_together(jsonb, bytea[], bytea[], bytea[])
  from public;
grant execute on function questionnaires_keep_together(jsonb, bytea[], bytea[], bytea[])
  to mekhala_app;
"""
UNDO = "drop function questionnaires_keep_together(jsonb, bytea[], bytea[], bytea[])"


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0014_forms_of_named_agencies"),
        ("access", "0007_browsers_are_enrolled_by_a_code"),
        ("audit", "0005_log_read_by_whom_a_file_is_open_to"),
        ("identity", "0009_blind_keys"),
        ("signing", "0003_past_sign_ins_are_erased"),
    ]
    operations = [migrations.RunSQL(KEEP, UNDO)]
