"""Who sees which row of a linkage run, and the rules of its review, kept by the database.

Statisticians see what a run found; whom a statistician named sees the records that were shown to
her or him, for an hour, and her or his own answers. Other answers, and what they make together,
are seen by nobody until the review is closed: that is why the database itself chooses the next
pair (``linkage_review_next``), checks an answer and counts it (triggers of ``reviewanswer``).
``core.matching.reviewed.joint`` says the same rule; a test holds both together.
"""

from django.db import migrations

from mekhala.population.linkage import erasure
from mekhala.safeguards.guards import erases
from mekhala.safeguards.retention.periods import lay_down

AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
OLD, NOW_ON = "current_setting('mekhala.maintenance', true)", "set_config('mekhala.maintenance', 'on', true)"
BACK = "set_config('mekhala.maintenance', coalesce(before, ''), true)"
COUNTS = f"""exists (select 1 from public.access_officer c where c.id = {ACTOR}
  and c.role = 'statistician' and c.is_active)"""
MAY_REVIEW = "('statistician', 'registrar')"  # never police, courts or providers (K2)
PER_HOUR, PER_DAY = 600, 3000  # different records: 300 pairs an hour, five hours of it a day
CLAIM = "interval '5 minutes'"  # a pair on somebody's screen is not put on a third one
SHOWN = "interval '1 hour'"
LAST = 3  # own answers that may be taken back


def reviews(run):
    return f"""exists (select 1 from public.linkage_runreviewer v
      join public.access_officer o on o.id = v.officer_id
      where v.run_id = {run} and v.officer_id = {ACTOR} and v.ended_at is null
        and o.is_active and o.role in {MAY_REVIEW} offset 0)"""


def closed(run):
    return f"""exists (select 1 from public.linkage_linkagerun u where u.id = {run}
      and u.review_closed_at is not null offset 0)"""


SHOWN_TO_ME = f"""exists (select 1 from public.linkage_recordshown s
  where s.officer_id = {ACTOR} and s.record = linkage_listrecord.id
    and s.at > clock_timestamp() - {SHOWN} and {reviews("s.run_id")} offset 0)"""
KEY_OF_REVIEWED = f"""exists (select 1 from public.linkage_linkagerun u
  join public.linkage_agencylist l on u.lists @> jsonb_build_array(jsonb_build_object('id', l.id))
  where l.number <> '' and l.number = identity_datakey.subject and {reviews("u.id")} offset 0)"""
KEY_OF_NOTES = f"""{COUNTS} and exists (select 1 from public.linkage_linkagerun u
  where u.number = identity_datakey.subject and u.review_closed_at is not null offset 0)"""
BEFORE_CLOSING = f"officer_id = {ACTOR} or ({COUNTS} and exists (select 1 from public.linkage_reviewpair p where p.id = linkage_reviewanswer.review_pair_id))"
CAN_SEE = f"""
create policy of_a_record_shown on linkage_listrecord for select to mekhala_app
  using ({SHOWN_TO_ME});
create policy of_a_list_reviewed on identity_datakey for select to mekhala_app
  using ({KEY_OF_REVIEWED});
create policy of_notes_after_the_review on identity_datakey for select to mekhala_app
  using ({KEY_OF_NOTES});
"""


def guarded(table, policies, *, rights):
    """Force row security with these policies; the application has ``rights`` and no others."""
    made = "".join(f"create policy {name} on {table} {rule};" for name, rule in policies.items())
    return f"""
alter table {table} enable row level security;
alter table {table} force row level security;
revoke insert, update, delete, truncate on {table} from mekhala_app;
{f"grant {rights} on {table} to mekhala_app;" if rights else ""}
{made}
create policy maintenance on {table} to mekhala_owner
  using (current_setting('mekhala.maintenance', true) = 'on')
  with check (current_setting('mekhala.maintenance', true) = 'on');
"""


def seen(rule):
    return f"for select to mekhala_app using ({rule})"


def added(rule):
    return f"for insert to mekhala_app with check ({rule})"


TABLES = {
    "linkage_linkedpair": ({"counted": seen(COUNTS), "linked": added(COUNTS)}, "insert"),
    "linkage_linkedrecord": ({"counted": seen(COUNTS), "linked": added(COUNTS)}, "insert"),
    "linkage_settledrecord": ({"counted": seen(COUNTS), "linked": added(COUNTS)}, "insert"),
    "linkage_runreviewer": (
        {
            "counted_or_own": seen(f"{COUNTS} or officer_id = {ACTOR}"),
            "named": added(f"""{COUNTS} and named_by_id = {ACTOR} and officer_id <> {ACTOR}
              and exists (select 1 from public.access_officer o where o.id = officer_id
                and o.is_active and o.role in {MAY_REVIEW})"""),
            "ended": f"for update to mekhala_app using ({COUNTS} and officer_id <> {ACTOR})",
        },
        "insert, update (ended_at)",
    ),
    "linkage_reviewpair": (
        {
            "after_the_review": seen(f"{COUNTS} and {closed('linkage_reviewpair.run_id')}"),
            "linked": added(COUNTS),
        },
        "insert",
    ),
    "linkage_reviewanswer": (
        {
            "own_until_closed": seen(BEFORE_CLOSING),
            "own": added(f"officer_id = {ACTOR}"),
            "taken_back": f"for update to mekhala_app using (officer_id = {ACTOR})",
        },
        "insert, update (undone_at)",
    ),
    "linkage_recordshown": ({"own": seen(f"officer_id = {ACTOR}")}, ""),
}
OTHERS = """not exists (select 1 from public.linkage_reviewanswer a
    join public.access_officer o on o.id = a.officer_id
    where a.review_pair_id = of_pair and a.undone_at is null and o.agency_id = g.agency_id)"""
FUNCTIONS = f"""
create function linkage_may_be_third(of_pair bigint, of_officer bigint) returns boolean
language sql stable as $$
  select exists (select 1 from public.access_officer g where g.id = of_officer and {OTHERS})
    or not exists (select 1 from public.linkage_reviewpair p
      join public.linkage_runreviewer v on v.run_id = p.run_id and v.ended_at is null
      join public.access_officer g on g.id = v.officer_id and g.is_active
        and g.role in {MAY_REVIEW}
      where p.id = of_pair and {OTHERS})
$$;
create function linkage_shown_enough(of_officer bigint) returns boolean language sql stable as $$
  select count(distinct s.record) >= {PER_DAY}
    or count(distinct s.record) filter (where s.at > clock_timestamp() - interval '1 hour') >= {PER_HOUR}
  from public.linkage_recordshown s
  where s.officer_id = of_officer and s.at > clock_timestamp() - interval '1 day'
$$;
create function linkage_undoable(of_run bigint, of_officer bigint) returns setof bigint
language sql stable as $$
  select l.id from (
    select a.id, a.undone_at from public.linkage_reviewanswer a
      join public.linkage_reviewpair p on p.id = a.review_pair_id
    where p.run_id = of_run and a.officer_id = of_officer order by a.id desc limit {LAST}) l
  where l.undone_at is null order by l.id desc
$$;
create function linkage_review_next(of_run bigint)
returns table (review_pair bigint, left_record bigint, right_record bigint, levels jsonb,
  pairs int, settled int, mine int, undoable bigint[], refused text)
language plpgsql {AS_OWNER} as $$
declare
  before text := {OLD};
  actor bigint := {ACTOR};
begin
  if not {reviews("of_run")} then
    refused := 'not_named';
    return next;
    return;
  end if;
  perform {NOW_ON};
  select count(*), count(*) filter (where p.state = 'settled') into pairs, settled
    from public.linkage_reviewpair p where p.run_id = of_run;
  select count(*) into mine from public.linkage_reviewanswer a
    join public.linkage_reviewpair p on p.id = a.review_pair_id
    where p.run_id = of_run and a.officer_id = actor and a.undone_at is null;
  undoable := array(select public.linkage_undoable(of_run, actor));
  if not exists (select 1 from public.linkage_linkagerun u where u.id = of_run
      and u.state = 'review' and u.review_closed_at is null) then
    refused := 'closed';
  elsif public.linkage_shown_enough(actor) then
    refused := 'enough';
  else
    select p.id, l."left", l."right", l.levels into review_pair, left_record, right_record, levels
      from public.linkage_reviewpair p join public.linkage_linkedpair l on l.id = p.pair_id
      where p.run_id = of_run and p.state <> 'settled'
        and not exists (select 1 from public.linkage_reviewanswer a
          where a.review_pair_id = p.id and a.officer_id = actor and a.undone_at is null)
        and (p.state <> 'third' or public.linkage_may_be_third(p.id, actor))
        and (select count(distinct s.officer_id) from public.linkage_recordshown s
          where s.review_pair_id = p.id and s.officer_id <> actor
            and s.at > clock_timestamp() - {CLAIM}
            and not exists (select 1 from public.linkage_reviewanswer a
              where a.review_pair_id = p.id and a.officer_id = s.officer_id
                and a.undone_at is null)) < case p.state when 'open' then 2 else 1 end
      order by exists (select 1 from public.linkage_recordshown s where s.review_pair_id = p.id
          and s.officer_id = actor and s.at > clock_timestamp() - {SHOWN}) desc,
        p.state = 'third' desc, p.state = 'one' desc, p.place
      limit 1 for update of p skip locked;
    if review_pair is null then
      refused := 'none';
    else
      insert into public.linkage_recordshown (run_id, record, review_pair_id, officer_id, at)
        select of_run, r, review_pair, actor, clock_timestamp()
        from unnest(array[left_record, right_record]) r;
    end if;
  end if;
  perform {BACK};
  return next;
end $$;
create function linkage_review_mine(of_run bigint) returns table (mine int, undoable bigint[])
language plpgsql {AS_OWNER} as $$
declare
  before text := {OLD};
  actor bigint := {ACTOR};
begin
  if not {reviews("of_run")} then
    raise insufficient_privilege using message = 'answers are those of whom a statistician named';
  end if;
  perform {NOW_ON};
  select count(*) into mine from public.linkage_reviewanswer a
    join public.linkage_reviewpair p on p.id = a.review_pair_id
    where p.run_id = of_run and a.officer_id = actor and a.undone_at is null;
  undoable := array(select public.linkage_undoable(of_run, actor));
  perform {BACK};
  return next;
end $$;
create function linkage_review_progress(of_run bigint)
returns table (pairs int, settled int, third int) language plpgsql {AS_OWNER} as $$
declare before text := {OLD};
begin
  if not ({COUNTS} or {reviews("of_run")}) then
    raise insufficient_privilege using message = 'a run is counted by statisticians';
  end if;
  perform {NOW_ON};
  select count(*), count(*) filter (where p.state = 'settled'),
      count(*) filter (where p.state = 'third') into pairs, settled, third
    from public.linkage_reviewpair p where p.run_id = of_run;
  perform {BACK};
  return next;
end $$;
create function linkage_show_person(of_run bigint, of_person int)
returns table (record bigint, source text) language plpgsql {AS_OWNER} as $$
declare
  before text := {OLD};
  actor bigint := {ACTOR};
begin
  if not {reviews("of_run")} then
    raise insufficient_privilege using message = 'records are shown to whom a statistician named';
  end if;
  perform {NOW_ON};
  if not public.linkage_shown_enough(actor) then
    return query with shown as (
      insert into public.linkage_recordshown (run_id, record, officer_id, at)
      select of_run, r.record, actor, clock_timestamp() from public.linkage_settledrecord r
        join public.linkage_settlement t on t.id = r.settlement_id
        where t.run_id = of_run and r.person = of_person order by r.record limit 40
      returning linkage_recordshown.record
    ) select w.record, r.source::text from shown w join public.linkage_settledrecord r
        on r.record = w.record join public.linkage_settlement t on t.id = r.settlement_id
        and t.run_id = of_run order by w.record;
  end if;
  perform {BACK};
end $$;
create function linkage_answer_allowed() returns trigger language plpgsql {AS_OWNER} as $$
declare
  before text := {OLD};
  actor bigint := {ACTOR};
  p record;
  why text;
begin
  if public.retention_is_erasing() then return new; end if;
  perform {NOW_ON};
  select q.*, u.state as run_state into p from public.linkage_reviewpair q
    join public.linkage_linkagerun u on u.id = q.run_id
    where q.id = new.review_pair_id for update of q;
  if p is null or new.officer_id is distinct from actor or not {reviews("p.run_id")} then
    raise insufficient_privilege using message = 'answers are given by whom a statistician named';
  elsif p.run_state <> 'review' then
    why := 'review_closed';
  elsif tg_op = 'UPDATE' then
    if old.undone_at is not null or new.undone_at is null
        or old.id not in (select public.linkage_undoable(p.run_id, actor)) then
      why := 'too_late_to_undo';
    end if;
  elsif new.undone_at is not null or not exists (select 1 from public.linkage_recordshown s
      where s.review_pair_id = p.id and s.officer_id = actor
        and s.at > clock_timestamp() - {SHOWN}) then
    why := 'not_shown';
  elsif p.state = 'settled' or exists (select 1 from public.linkage_reviewanswer a
      where a.review_pair_id = p.id and a.officer_id = actor and a.undone_at is null) then
    why := 'answered_meanwhile';
  elsif p.state = 'third' and not public.linkage_may_be_third(p.id, actor) then
    why := 'another_agency_first';
  end if;
  perform {BACK};
  if why is not null then
    raise exception using message = why, errcode = 'raise_exception';
  end if;
  return new;
end $$;
create function linkage_answer_counted() returns trigger language plpgsql {AS_OWNER} as $$
declare
  before text := {OLD};
  given int;
  most int;
  top text;
begin
  if public.retention_is_erasing() then return null; end if;
  perform {NOW_ON};
  select coalesce(sum(c.times), 0), coalesce(max(c.times), 0),
      (array_agg(c.said order by c.times desc))[1] into given, most, top
    from (select a.said, count(*) as times from public.linkage_reviewanswer a
      where a.review_pair_id = new.review_pair_id and a.undone_at is null group by a.said) c;
  update public.linkage_reviewpair p set
    state = case when given = 0 then 'open' when given = 1 then 'one'
      when most >= 2 or given >= 3 then 'settled' else 'third' end,
    outcome = case when most >= 2 then top when given >= 3 then 'cannot_tell' else '' end
    where p.id = new.review_pair_id;
  perform {BACK};
  return null;
end $$;
create trigger allowed before insert or update on linkage_reviewanswer
  for each row execute function linkage_answer_allowed();
create trigger counted after insert or update on linkage_reviewanswer
  for each row execute function linkage_answer_counted();
revoke all on function linkage_may_be_third(bigint, bigint), linkage_shown_enough(bigint),
  linkage_undoable(bigint, bigint), linkage_review_next(bigint), linkage_review_mine(bigint),
  linkage_review_progress(bigint), linkage_show_person(bigint, int), linkage_answer_allowed(), linkage_answer_counted() from public;
grant execute on function linkage_review_next(bigint), linkage_review_mine(bigint), linkage_review_progress(bigint),
  linkage_show_person(bigint, int) to mekhala_app;
"""
ASKED = ("id", "number", "lists", "threshold", "review_from", "seed", "engine", "model_given",
         "repeats_id", "asked_by_id", "asked_at")  # fmt: skip
FOUND = ("done_at", "version", "data_hash", "result_hash", "model", "figures")


def _row(when, columns):
    return f"row({', '.join(f'{when}.{c}' for c in columns)})"


KEPT = f"""
revoke delete, truncate on linkage_linkagerun from mekhala_app;
create function linkage_run_kept() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' then
    raise insufficient_privilege using message = 'linkage_linkagerun is kept: nothing is deleted';
  end if;
  if old.state in ('settled', 'compared', 'refused', 'failed') then
    raise insufficient_privilege using message = 'linkage_linkagerun is kept: it is finished';
  end if;
  if {_row("old", ASKED)} is distinct from {_row("new", ASKED)} then
    raise insufficient_privilege using message = 'linkage_linkagerun is kept: what was asked';
  end if;
  if old.state in ('review', 'settling')
      and ({_row("old", FOUND)} is distinct from {_row("new", FOUND)}
        or new.state not in ('review', 'settling', 'settled', 'failed')
        or old.review_closed_at is not null
          and old.review_closed_at is distinct from new.review_closed_at) then
    raise insufficient_privilege using message = 'linkage_linkagerun is kept: what was found';
  end if;
  return new;
end $$;
create trigger kept before update or delete on linkage_linkagerun
  for each row execute function linkage_run_kept();
create trigger kept_whole before truncate on linkage_linkagerun
  for each statement execute function linkage_run_kept();
revoke update, delete, truncate on linkage_settlement from mekhala_app;
create trigger no_change before update or delete on linkage_settlement
  for each row execute function refuse_change();
create trigger no_truncate before truncate on linkage_settlement
  for each statement execute function refuse_change();
"""
CHANGED = ("linkage_linkedpair", "linkage_linkedrecord", "linkage_settledrecord")
UNCHANGED = "".join(
    f"create trigger no_change before update or delete on {table}"
    " for each row execute function refuse_change();"
    for table in CHANGED
)


def lay_down_periods(apps, _editor):
    """Give the database the period of the new kind."""
    lay_down(apps.get_model("retention", "Period"))


class Migration(migrations.Migration):
    dependencies = [
        ("linkage", "0020_linkage_runs_and_their_review"),
        ("identity", "0008_names_are_erased"),
        ("retention", "0002_the_database_erases"),
    ]
    operations = [
        migrations.RunSQL(
            "".join(guarded(t, rules, rights=rights) for t, (rules, rights) in TABLES.items()),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(CAN_SEE + KEPT + UNCHANGED, migrations.RunSQL.noop),
        migrations.RunPython(lay_down_periods, migrations.RunPython.noop),
        *erases("linkage", {"linkage_review": erasure.PARTS["linkage_review"]}),
    ]
