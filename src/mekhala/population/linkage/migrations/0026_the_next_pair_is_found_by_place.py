"""The next pair is found at the first place that may be read, not by sorting all that are left.

Same rule and same order as before: what lies on the reviewer's screen already, then pairs two
disagree on, then pairs one has read, then the rest, each by place. Before, every pair left was
looked at for each one read: 23 ms among 250 pairs, and four times that among 1,000.
"""

from django.db import migrations, models

AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
MAY_REVIEW = "('statistician', 'registrar')"
CLAIM, SHOWN = "interval '5 minutes'", "interval '1 hour'"
REVIEWS = f"""exists (select 1 from public.linkage_runreviewer v
      join public.access_officer o on o.id = v.officer_id
      where v.run_id = of_run and v.officer_id = {ACTOR} and v.ended_at is null
        and o.is_active and o.role in {MAY_REVIEW} offset 0)"""
MAY_BE_READ = f"""
  p.run_id = of_run and p.state <> 'settled'
  and not exists (select 1 from public.linkage_reviewanswer a
    where a.review_pair_id = p.id and a.officer_id = actor and a.undone_at is null)
  and (p.state <> 'third' or public.linkage_may_be_third(p.id, actor))
  and (select count(distinct s.officer_id) from public.linkage_recordshown s
    where s.review_pair_id = p.id and s.officer_id <> actor
      and s.at > clock_timestamp() - {CLAIM}
      and not exists (select 1 from public.linkage_reviewanswer a
        where a.review_pair_id = p.id and a.officer_id = s.officer_id
          and a.undone_at is null)) < case p.state when 'open' then 2 else 1 end"""
PICK = """
create function linkage_review_pick(of_run bigint, actor bigint) returns bigint
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  found_pair bigint;
  of_state text;
begin
  select p.id into found_pair from public.linkage_reviewpair p
    where p.id in (select s.review_pair_id from public.linkage_recordshown s
        where s.officer_id = actor and s.at > clock_timestamp() - {SHOWN}) and {MAY_BE_READ}
    order by p.state = 'third' desc, p.state = 'one' desc, p.place
    limit 1 for update of p skip locked;
  foreach of_state in array array['third', 'one', 'open'] loop
    exit when found_pair is not null;
    select p.id into found_pair from public.linkage_reviewpair p
      where p.state = of_state and {MAY_BE_READ}
      order by p.place limit 1 for update of p skip locked;
  end loop;
  return found_pair;
end $$;
revoke all on function linkage_review_pick(bigint, bigint) from public, mekhala_app;
"""
PICK = PICK.replace("{SHOWN}", SHOWN).replace("{MAY_BE_READ}", MAY_BE_READ)
NEXT = f"""
create or replace function linkage_review_next(of_run bigint)
returns table (review_pair bigint, left_record bigint, right_record bigint, levels jsonb,
  pairs int, settled int, mine int, undoable bigint[], refused text)
language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  actor bigint := {ACTOR};
begin
  if not {REVIEWS} then
    refused := 'not_named';
    return next;
    return;
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
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
    review_pair := public.linkage_review_pick(of_run, actor);
    if review_pair is null then
      refused := 'none';
    else
      select l."left", l."right", l.levels into left_record, right_record, levels
        from public.linkage_reviewpair p join public.linkage_linkedpair l on l.id = p.pair_id
        where p.id = review_pair;
      insert into public.linkage_recordshown (run_id, record, review_pair_id, officer_id, at)
        select of_run, r, review_pair, actor, clock_timestamp()
        from unnest(array[left_record, right_record]) r;
    end if;
  end if;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return next;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0025_an_agency_may_compare_at_home")]

    operations = [
        migrations.AddIndex(
            "reviewpair",
            models.Index(fields=["run", "state", "place"], name="review_pair_next"),
        ),
        migrations.RunSQL(PICK + NEXT, migrations.RunSQL.noop),
    ]
