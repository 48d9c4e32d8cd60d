"""Checking a paper goes through one function that counts wrong answers and refuses guessing.

The number is counted whether it exists or not, so that being refused tells nothing of it. Where
many addresses guess at one number, each gets a few tries only; so whoever holds the paper can
still check it from elsewhere. Row locks are taken in one order: address, number, both.
"""

from django.db import migrations, models

WRONG_BY_ADDRESS, WRONG_BY_NUMBER, WRONG_BY_BOTH = 20, 20, 3  # in an hour

CHECK = f"""
create function seals_counted(of_key text, at timestamptz) returns integer
language sql set search_path = pg_catalog, public, pg_temp as $$
  insert into public.seals_guess as g (key, began, wrong) values (of_key, at, 0)
  on conflict (key) do update set
    began = case when g.began < at - interval '1 hour' then at else g.began end,
    wrong = case when g.began < at - interval '1 hour' then 0 else g.wrong end
  returning wrong
$$;
create function seals_check(paper text, number_key text, address_key text, both_key text,
  at timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  of_address integer; of_number integer; of_both integer; state text;
begin
  delete from public.seals_guess where key in (select key from public.seals_guess
    where began < at - interval '1 hour' for update skip locked);
  of_address := public.seals_counted(address_key, at);
  if of_address >= {WRONG_BY_ADDRESS} then return 'wait'; end if;
  of_number := public.seals_counted(number_key, at);
  of_both := public.seals_counted(both_key, at);
  if of_number >= {WRONG_BY_NUMBER} and of_both >= {WRONG_BY_BOTH} then return 'wait'; end if;
  select case when withdrawn_on is null then 'valid' else 'withdrawn' end into state
    from public.seals_seal where digest = paper;
  state := coalesce(state, 'not_valid');
  update public.seals_guess set wrong = wrong + (state = 'not_valid')::integer
    where key in (address_key, number_key, both_key);
  return state;
end $$;
revoke all on seals_guess from mekhala_app;
revoke all on function seals_counted(text, timestamptz) from public;
revoke all on function seals_check(text, text, text, text, timestamptz) from public;
grant execute on function seals_check(text, text, text, text, timestamptz) to mekhala_app;
"""
UNCHECK = """
drop function seals_check(text, text, text, text, timestamptz);
drop function seals_counted(text, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("seals", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Guess",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("began", models.DateTimeField(db_index=True)),
                ("wrong", models.PositiveIntegerField()),
            ],
            options={"verbose_name_plural": "guesses"},
        ),
        migrations.RunSQL(CHECK, UNCHECK),
    ]
