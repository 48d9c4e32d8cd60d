"""The database decides whether a file is opened in an emergency, tells of it, and closes it.

``emergency_open`` asks about the officer who acts: the role helps people and the agency is no
police, border post or court; fewer than two tries in 30 days; no review overdue; somebody of
another agency to review it. A number that opens nothing is a try like any other. It tells the
officers who hold the file for determination or registration, and those who review, before it
answers. The application writes none of this itself.
"""

from django.db import migrations

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
ME = "nullif(current_setting('mekhala.officer', true), '')::bigint"
AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
REVIEWS = f"""exists (select 1 from public.access_officer me, public.access_officer opened
  where me.id = {ACTOR} and me.is_active and me.role in ('administrator', 'authority')
    and opened.id = officer_id and opened.agency_id <> me.agency_id)"""

RULES = f"""
alter table emergency_opening enable row level security;
alter table emergency_opening force row level security;
create policy own_or_to_review on emergency_opening for select to mekhala_app
  using (officer_id = {ACTOR} or until is not null and {REVIEWS});
create policy maintenance on emergency_opening to mekhala_owner
  using (current_setting('mekhala.maintenance', true) = 'on')
  with check (current_setting('mekhala.maintenance', true) = 'on');
revoke insert, update, delete, truncate on emergency_opening from mekhala_app;

create function emergency_parts(for_reason text) returns varchar[] language sql immutable as $$
  select case for_reason
    when 'danger_to_life' then array['open', 'location', 'identity']
    when 'medical' then array['open', 'identity']
    when 'child_at_risk' then array['open', 'location', 'identity']
    when 'legal_basis' then array['open', 'identity'] end::varchar[]
$$;

create function emergency_tell(officers bigint[], of_kind text, about text, opening bigint)
returns void language sql set search_path = pg_catalog, public, pg_temp as $$
  insert into notices_notice (officer_id, kind, subject, told_by, at, details)
    select distinct told, of_kind, about, {ME}, clock_timestamp(),
      jsonb_build_object('opening', opening) from unnest(officers) told
$$;

create function emergency_reviewers(about bigint) returns bigint[] language sql stable
set search_path = pg_catalog, public, pg_temp as $$
  select array_agg(o.id) from (
    select o.id from access_officer o join agencies_agency a on a.id = o.agency_id
    where o.is_active and a.is_active and o.role in ('administrator', 'authority')
      and o.agency_id <> (select b.agency_id from access_officer b where b.id = about)
    order by o.role <> 'administrator', o.id limit 5) o
$$;

create function emergency_holders(on_file text) returns bigint[] language sql stable
set search_path = pg_catalog, public, pg_temp as $$
  with held as (
    select g.officer_id, g.purpose in ('determination', 'registration') as leads
    from access_grant g where g.file_number = on_file and g.until > now())
  select array_agg(h.officer_id) from held h
  where h.leads or not exists (select 1 from held l where l.leads)
$$;

create function emergency_refused(for_reason text, said text, reviewers bigint[]) returns text
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select case
    when not exists (select 1 from access_officer me join agencies_agency a on a.id = me.agency_id
      where me.id = {ACTOR} and me.is_active and a.is_active
        and me.role in ('first_responder', 'authority', 'registrar', 'provider')
        and a.kind not in ('police', 'border', 'court')) then 'role'
    when length(btrim(said)) < 30 or emergency_parts(for_reason) is null then 'words'
    when exists (select 1 from emergency_opening e where e.officer_id = {ACTOR}
      and e.justified is null and e.review_due < clock_timestamp()) then 'overdue'
    when (select count(*) from emergency_opening e where e.officer_id = {ACTOR}
      and e.at > clock_timestamp() - interval '30 days') >= 2 then 'twice'
    when reviewers is null then 'no_reviewer' end
$$;

create function emergency_open(number text, for_reason text, said text)
returns table (answer text, id bigint) language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  me bigint := {ME};
  reviewers bigint[]; holders bigint[];
  made bigint; refused text; is_there boolean; moment timestamptz := clock_timestamp();
begin
  perform pg_advisory_xact_lock(1701670503, coalesce(me, 0)::int);
  perform set_config('mekhala.maintenance', 'on', true);
  reviewers := public.emergency_reviewers(me);
  refused := public.emergency_refused(for_reason, said, reviewers);
  if refused is null then
    is_there := exists (select 1 from public.encounter_case c where c.number = emergency_open.number);
    holders := public.emergency_holders(emergency_open.number);
    insert into public.emergency_opening (file_number, officer_id, reason, words, parts, at, until,
        review_due, review_words)
      values (left(emergency_open.number, 20), me, for_reason, btrim(said),
        public.emergency_parts(for_reason), moment,
        case when is_there then moment + interval '60 minutes' end,
        case when is_there then moment + interval '72 hours' end, '')
      returning emergency_opening.id into made;
    if is_there then
      perform public.emergency_tell(holders, 'break_glass', emergency_open.number, made);
      perform public.emergency_tell(reviewers, 'break_glass_review', emergency_open.number, made);
    end if;
  end if;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return query select coalesce(refused, case when is_there then 'opened' else 'nothing' end), made;
end $$;

create function emergency_suspend(who bigint) returns void language sql
set search_path = pg_catalog, public, pg_temp as $$
  update access_officer set is_active = false where id = who;
  update access_apitoken set revoked_at = now() where officer_id = who and revoked_at is null;
  update access_device set revoked_at = now() where officer_id = who and revoked_at is null;
  update emergency_opening set until = now() where officer_id = who and until > now();
$$;

create function emergency_review(opening bigint, is_justified boolean, said text) returns boolean
language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  about bigint;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  update public.emergency_opening set justified = is_justified, review_words = btrim(said),
      reviewed_by_id = {ACTOR}, reviewed_at = clock_timestamp(),
      until = case when is_justified then until else least(until, now()) end
    where id = opening and justified is null and until is not null
      and is_justified is not null and length(btrim(said)) >= 30 and {REVIEWS}
    returning officer_id into about;
  if about is not null and not is_justified then perform public.emergency_suspend(about); end if;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return about is not null;
end $$;

create function emergency_suspend_overdue() returns table (id bigint, officer bigint)
language plpgsql {AS_OWNER} as $$
declare before text := current_setting('mekhala.maintenance', true);
begin
  perform set_config('mekhala.maintenance', 'on', true);
  return query
    with late as (
      update public.emergency_opening e set suspended_at = clock_timestamp()
      where e.justified is null and e.review_due < clock_timestamp() and e.suspended_at is null
      returning e.id, e.officer_id)
    select late.id, late.officer_id from late, lateral public.emergency_suspend(late.officer_id);
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;

create function emergency_looks(opening bigint) returns table (at timestamptz, act text, page text)
language plpgsql stable {AS_OWNER} as $$
declare before text := current_setting('mekhala.maintenance', true);
begin
  perform set_config('mekhala.maintenance', 'on', true);
  return query select a.at, a.act::text, coalesce(a.details ->> 'page', '')
    from public.emergency_opening o join public.audit_entry a
      on a.subject = o.file_number and a.by = o.officer_id
      and a.at between o.at - interval '1 minute' and o.at + interval '62 minutes'
    where o.id = opening and {REVIEWS}
      and (a.act = 'case.opened' or a.act like '%.shown' or a.act like '%.refused');
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;

revoke all on function emergency_parts(text), emergency_tell(bigint[], text, text, bigint),
  emergency_reviewers(bigint), emergency_holders(text), emergency_refused(text, text, bigint[]),
  emergency_open(text, text, text), emergency_suspend(bigint),
  emergency_review(bigint, boolean, text), emergency_suspend_overdue(), emergency_looks(bigint)
  from public;
grant execute on function emergency_open(text, text, text),
  emergency_review(bigint, boolean, text), emergency_suspend_overdue(), emergency_looks(bigint)
  to mekhala_app;
"""
FUNCTIONS = (
    "emergency_looks(bigint)", "emergency_suspend_overdue()",
    "emergency_review(bigint, boolean, text)", "emergency_suspend(bigint)",
    "emergency_open(text, text, text)", "emergency_refused(text, text, bigint[])",
    "emergency_holders(text)", "emergency_reviewers(bigint)", "emergency_tell(bigint[], text, text, bigint)",
    "emergency_parts(text)",
)
UNDO = "".join(f"drop function {each};" for each in FUNCTIONS) + """
drop policy own_or_to_review on emergency_opening; drop policy maintenance on emergency_opening;
alter table emergency_opening no force row level security;
alter table emergency_opening disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("emergency", "0001_initial"),
        ("reading", "0002_files_read_are_counted"),
        ("audit", "0005_log_read_by_whom_a_file_is_open_to"),
    ]
    operations = [migrations.RunSQL(RULES, UNDO)]
