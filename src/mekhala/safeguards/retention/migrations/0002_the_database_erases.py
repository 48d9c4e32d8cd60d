"""Erasing is one function: it asks its own clock, the holds and the periods, then every room's part.

``retention_state`` tells per number and kind since when the time runs and until when: cases from
their closing as the database noted it; a wish of the person from its second signature, where the
case was closed before; forms of which no case came from their receipt; accused from the note of
their last step. ``held``: a legal hold stands. ``runs``: a proceeding goes on, whose person may
still be heard. ``done``: erased since. Only the owner of the tables reads it; the application
asks for numbers that are due, for how many are overdue, and administrators for the list.
"""

from django.db import migrations

from mekhala.safeguards.guards import erases
from mekhala.safeguards.retention import erasure

AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
ACTOR = "nullif(current_setting('mekhala.officer', true), '')::bigint"
STATE = """
create function retention_timers(of_number text)
returns table (number text, file text, kind text, because text, since timestamptz,
  due timestamptz)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select c.number::text, c.number::text, p.kind::text, 'period',
    greatest(c.closed_at, c.closing_noted_at),
    greatest(c.closed_at, c.closing_noted_at) + make_interval(days => p.days)
  from encounter_case c join retention_period p on p.timer = 'close'
  where c.closed_at is not null and (of_number is null or c.number = of_number)
  union all
  select c.number, c.number, p.kind, 'own_wish', s.answered_at, s.answered_at
  from four_eyes_secondsignature s join encounter_case c on c.number = s.subject
    join retention_period p on s.details -> p.kind = 'true'
  where s.kind = 'retention.erase' and s.answer = 'agreed' and c.closing_noted_at < s.answered_at
    and (of_number is null or c.number = of_number)
  union all
  select f.number, '', p.kind, 'period', f.received_at,
    f.received_at + make_interval(days => p.days)
  from questionnaires_submission f join retention_period p
    on p.kind = case f.state when 'held' then 'held_form' else 'loose_form' end
  where f.case_number = '' and (of_number is null or f.number = of_number)
  union all
  select a.number, a.proceeding_id, p.kind, 'period', s.noted_at,
    s.noted_at + make_interval(days => p.days)
  from justice_accused a join justice_step s on s.accused_id = a.number
    join retention_period p on p.kind = case when s.stage in ('discontinued', 'acquitted')
      then 'cleared' when s.stage = 'convicted_final' then 'convicted' end
  where of_number is null or a.number = of_number
  union all
  select c.number, c.number, p.kind, 'restored', r.since, r.since
  from retention_again r join encounter_case c on c.number = r.number
    join retention_period p on p.kind in ('location', 'person')
  where of_number is null or c.number = of_number
  union all
  select f.number, '', 'loose_form', 'restored', r.since, r.since
  from retention_again r join questionnaires_submission f on f.number = r.number
  where f.case_number = '' and (of_number is null or f.number = of_number)
  union all
  select a.number, a.proceeding_id, 'cleared', 'restored', r.since, r.since
  from retention_again r join justice_accused a on a.number = r.number
  where of_number is null or a.number = of_number
$$;
create function retention_state(of_number text)
returns table (number text, kind text, because text, due timestamptz, held boolean, runs boolean,
  done boolean)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select t.number, t.kind, t.because, t.due,
    exists (select 1 from holds_hold h where h.number in (t.file, t.number)
      and h.lifted_at is null and h.until > clock_timestamp()),
    t.because <> 'restored' and t.kind in ('person', 'records') and justice_runs(t.file),
    exists (select 1 from retention_erasure e where e.number = t.number and e.kind = t.kind
      and e.erased_at >= t.since)
  from retention_timers(of_number) t
$$;
revoke all on function retention_timers(text), retention_state(text) from public;
"""
ERASE = f"""
create function retention_erase(of_number text, of_kind text) returns jsonb language plpgsql
{AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  why text;
  part text;
  changed integer;
  total integer := 0;
  people text[];
begin
  if {ACTOR} is not null then
    raise insufficient_privilege using message = 'this is for the nightly job, not for an officer';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('erase ' || of_number, 0));
  perform set_config('mekhala.maintenance', 'on', true);
  select s.because into why from public.retention_state(of_number) s
    where s.kind = of_kind and s.due <= clock_timestamp() and not s.held and not s.runs
      and not s.done
    order by s.due limit 1;
  if why is null then
    raise insufficient_privilege using message = 'nothing of this is to be erased now';
  end if;
  if of_kind not in ('location', 'records') then
    select array_agg(distinct k.subject) into people from public.identity_datakey k
      where k.subject = of_number or k.subject in (
        select f.number from public.questionnaires_submission f where f.case_number = of_number);
  end if;
  perform set_config('mekhala.erasing', 'on', true);
  for part in select p.function from public.retention_part p where p.kind = of_kind order by p.id
  loop
    execute format('select public.%I($1, null)', part) into changed using of_number;
    total := total + changed;
  end loop;
  insert into public.retention_erasure (number, kind, because, rows, erased_at)
    values (of_number, of_kind, why, total, clock_timestamp());
  perform set_config('mekhala.erasing', '', true);
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return jsonb_build_object('because', why, 'rows', total, 'people', coalesce(people, '{{}}'));
end $$;

create function retention_sweep(of_kind text) returns integer language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  part text;
  changed integer;
  total integer := 0;
begin
  if {ACTOR} is not null then
    raise insufficient_privilege using message = 'this is for the nightly job, not for an officer';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  perform set_config('mekhala.erasing', 'on', true);
  for part in select p.function from public.retention_part p
    join public.retention_period d on d.kind = p.kind and d.timer = 'row' where p.kind = of_kind
  loop
    execute format('select public.%I(null, $1)', part) into changed
      using clock_timestamp() - make_interval(days => (select d.days from public.retention_period d
        where d.kind = of_kind));
    total := total + changed;
  end loop;
  perform set_config('mekhala.erasing', '', true);
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return total;
end $$;

create function retention_due() returns table (number text, kind text) language plpgsql
{AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
begin
  if {ACTOR} is not null then
    raise insufficient_privilege using message = 'this is for the nightly job, not for an officer';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  return query select s.number, s.kind from public.retention_state(null) s
    where s.due <= clock_timestamp() and not s.held and not s.runs and not s.done
    group by s.number, s.kind order by s.number, s.kind;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;

-- A number and nothing else: how much should have been erased a day ago.
create function retention_overdue() returns bigint language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  answer bigint;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select count(distinct (s.number, s.kind)) into answer from public.retention_state(null) s
    where s.due <= clock_timestamp() - interval '1 day' and not s.held and not s.runs
      and not s.done;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return answer;
end $$;

-- For administrators, to whom no file is open: numbers, codes and instants.
create function retention_told(what text) returns table (number text, kind text, because text,
  at timestamptz, one bigint, two bigint) language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
begin
  perform set_config('mekhala.maintenance', 'on', true);
  if exists (select 1 from public.access_officer o where o.id = {ACTOR} and o.is_active
      and o.role = 'administrator') then
    if what = 'coming' then
      return query select s.number, s.kind, min(s.because), min(s.due), null::bigint, null::bigint
        from public.retention_state(null) s
        where s.due <= clock_timestamp() + interval '31 days' and not s.done and not s.held
          and not s.runs
        group by s.number, s.kind order by min(s.due), s.number;
    elsif what = 'waiting' then
      return query select s.number, s.kind, 'runs', min(s.due), null::bigint, null::bigint
        from public.retention_state(null) s
        where s.due <= clock_timestamp() and not s.done and not s.held and s.runs
        group by s.number, s.kind order by min(s.due), s.number;
    elsif what = 'held' then
      return query select h.number::text, 'hold', h.basis::text, h.until, s.asked_by_id,
          s.answered_by_id
        from public.holds_hold h join public.four_eyes_secondsignature s on s.id = h.signature_id
        where h.lifted_at is null and h.until > clock_timestamp() order by h.until, h.number;
    elsif what = 'erased' then
      return query select e.number::text, e.kind::text, e.because::text, e.erased_at,
          null::bigint, null::bigint
        from public.retention_erasure e order by e.id desc limit 200;
    end if;
  end if;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;

-- To an officer to whom the file is open: whether a proceeding goes on, before a wish is signed.
create function retention_stands_in_the_way(of_number text) returns text[] language plpgsql
stable {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  answer text[] := '{{}}';
begin
  perform set_config('mekhala.maintenance', 'on', true);
  if exists (select 1 from public.access_grant g where g.file_number = of_number
      and g.officer_id = {ACTOR} and g.until > clock_timestamp()) then
    if not exists (select 1 from public.encounter_case c where c.number = of_number
        and c.closed_at is not null) then answer := answer || 'open'::text; end if;
    if exists (select 1 from public.holds_hold h where h.number = of_number
        and h.lifted_at is null and h.until > clock_timestamp()) then
      answer := answer || 'held'::text; end if;
    if public.justice_runs(of_number) then answer := answer || 'runs'::text; end if;
  end if;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return answer;
end $$;

-- What was deleted or changed stays in the pages of a table until they are written over, VACUUM or
-- not. Tables with places or words in clear are written anew after a night in which some went.
create function retention_write_anew(of_table text) returns void language plpgsql {AS_OWNER} as $$
begin
  if {ACTOR} is not null or of_table not in ('encounter_encounter', 'encounter_safecontact',
      'four_eyes_secondsignature', 'emergency_opening', 'notices_notice',
      'questionnaires_attachment') then
    raise insufficient_privilege using message = 'this is for the nightly job';
  end if;
  perform set_config('lock_timeout', '10s', true);
  execute format('cluster public.%I using %I', of_table, of_table || '_pkey');
end $$;
revoke all on function retention_write_anew(text) from public;
grant execute on function retention_write_anew(text) to mekhala_app;

revoke all on function retention_erase(text, text), retention_sweep(text), retention_due(),
  retention_overdue(), retention_told(text), retention_stands_in_the_way(text) from public;
grant execute on function retention_erase(text, text), retention_sweep(text), retention_due(),
  retention_overdue(), retention_told(text), retention_stands_in_the_way(text) to mekhala_app;
"""
UNDO = """
drop function retention_write_anew(text);
drop function retention_stands_in_the_way(text);
drop function retention_told(text);
drop function retention_overdue();
drop function retention_due();
drop function retention_sweep(text);
drop function retention_erase(text, text);
drop function retention_state(text);
drop function retention_timers(text);
"""
ROOMS = [
    ("access", "0005_files_close_for_good"), ("admission", "0003_halves_are_erased"),
    ("aftercare", "0004_words_are_erased"), ("consent", "0005_answers_are_erased"),
    ("determination", "0011_words_are_erased"), ("emergency", "0004_words_are_erased"),
    ("encounter", "0005_cases_close"), ("four_eyes", "0003_words_are_erased"),
    ("holds", "0002_set_and_lifted_under_two_signatures"),
    ("identity", "0008_names_are_erased"), ("justice", "0005_names_of_accused_are_erased"),
    ("notices", "0003_notices_are_erased"), ("questionnaires", "0005_answers_are_erased"),
    ("reading", "0003_counts_are_erased"), ("referral", "0007_what_was_told_is_erased"),
    ("registration", "0004_words_are_erased"), ("screening", "0005_words_are_erased"),
    ("sessions", "0001_initial"), ("signing", "0003_past_sign_ins_are_erased"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("retention", "0001_initial"), *ROOMS]
    operations = [
        *erases("retention", erasure.PARTS),
        migrations.RunSQL(STATE + ERASE, UNDO),
    ]
