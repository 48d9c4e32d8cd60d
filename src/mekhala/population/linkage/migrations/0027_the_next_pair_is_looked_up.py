"""What a reviewer is shown is looked up by key, however little the planner knows of the tables.

A review fills its tables within minutes. Until they are measured again the planner believes that
a run has one pair and an officer one answer, and joined each answer with all pairs of the run:
60 ms for a pair in a review of 240. The questions are as before; each names the one key it goes by.
"""

from importlib import import_module

from django.db import migrations

before = import_module("mekhala.population.linkage.migrations.0026_the_next_pair_is_found_by_place")
OF_RUN = """(select p.run_id from public.linkage_reviewpair p where p.id = a.review_pair_id) = of_run"""
UNDOABLE = f"""
create or replace function linkage_undoable(of_run bigint, of_officer bigint)
returns setof bigint language sql stable as $$
  select l.id from (
    select a.id, a.undone_at from public.linkage_reviewanswer a
    where a.officer_id = of_officer and {OF_RUN} order by a.id desc limit 3) l
  where l.undone_at is null order by l.id desc
$$;
"""
SHOWN_BEFORE = f"""p.id in (select s.review_pair_id from public.linkage_recordshown s
        where s.officer_id = actor and s.at > clock_timestamp() - {before.SHOWN})"""
SHOWN = f"""p.id = any (array(select distinct s.review_pair_id
        from public.linkage_recordshown s
        where s.officer_id = actor and s.at > clock_timestamp() - {before.SHOWN}
          and not exists (select 1 from public.linkage_reviewanswer a
            where a.review_pair_id = s.review_pair_id and a.officer_id = actor
              and a.undone_at is null)))"""
MINE_BEFORE = """from public.linkage_reviewanswer a
    join public.linkage_reviewpair p on p.id = a.review_pair_id
    where p.run_id = of_run and a.officer_id = actor"""
MINE = f"""from public.linkage_reviewanswer a
    where {OF_RUN} and a.officer_id = actor"""
FUNCTIONS = ("linkage_review_pick(bigint, bigint)", "linkage_review_next(bigint)")


def _changed(text: str, was: str, now: str) -> str:
    if was not in text:
        raise ValueError(was)
    return text.replace(was, now).replace("create function", "create or replace function")


NO_READING_WHOLE = "".join(f"alter function {one} set enable_seqscan = off;" for one in FUNCTIONS)


class Migration(migrations.Migration):
    dependencies = [("linkage", "0026_the_next_pair_is_found_by_place")]

    operations = [
        migrations.RunSQL(
            UNDOABLE + _changed(before.PICK, SHOWN_BEFORE, SHOWN)
            + _changed(before.NEXT, MINE_BEFORE, MINE) + NO_READING_WHOLE,
            migrations.RunSQL.noop,
        ),
    ]  # fmt: skip
