"""Who says no to going on is counted, in a table from which nobody can be told.

There is no row for a person: a count grows by one. The application reads and writes no row of it:
one function adds one, another hands a statistician a year by one property, every count below ten
hidden, and a second one where only one would be, so that no sum gives it away.
"""

from django.db import migrations, models

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
COUNTED = f"""
revoke all on encounter_refusalcount from mekhala_app;

create function encounter_count_refusal(of_month date, province text, kind text, band text,
  said_sex text) returns void language sql {AS_OWNER} as $$
  insert into public.encounter_refusalcount
    (month, province_code, agency_kind, age_band, sex, people)
  values (date_trunc('month', of_month)::date, province, kind, band, said_sex, 1)
  on conflict (month, province_code, agency_kind, age_band, sex)
    do update set people = encounter_refusalcount.people + 1
$$;

create function encounter_refusals(of_year int, by_what text)
returns table (category text, people bigint) language plpgsql stable {AS_OWNER} as $$
begin
  if not exists (select 1 from public.access_officer o
      where o.id = {ACTOR} and o.is_active and o.role = 'statistician') then
    return;
  end if;
  return query
    with counted as (
      select case by_what when 'month' then to_char(c.month, 'YYYY-MM')
          when 'province_code' then c.province_code when 'agency_kind' then c.agency_kind
          when 'age_band' then c.age_band when 'sex' then c.sex end as category,
        sum(c.people) as people
      from public.encounter_refusalcount c
      where c.month >= make_date(of_year, 1, 1) and c.month < make_date(of_year + 1, 1, 1)
      group by 1
    ), ranked as (
      select k.category, k.people, k.people < 10 as is_small,
        count(*) filter (where k.people < 10) over () as small,
        row_number() over (order by k.people < 10 desc, k.people) as place
      from counted k
    )
    select r.category,
      case when r.is_small or (r.small = 1 and r.place = 2) then null else r.people::bigint end
    from ranked r order by r.category;
end $$;
revoke all on function encounter_count_refusal(date, text, text, text, text),
  encounter_refusals(int, text) from public;
grant execute on function encounter_count_refusal(date, text, text, text, text),
  encounter_refusals(int, text) to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [("encounter", "0004_what_was_said_is_sealed")]
    operations = [
        migrations.CreateModel(
            name="RefusalCount",
            fields=[
                ("pk", models.CompositePrimaryKey("month", "province_code", "agency_kind", "age_band", "sex", blank=True, editable=False, primary_key=True, serialize=False)),
                ("month", models.DateField(help_text="The first of the month")),
                ("province_code", models.CharField(max_length=2)),
                ("agency_kind", models.CharField(max_length=30)),
                ("age_band", models.CharField(help_text="0-17, 18+ or unknown", max_length=10)),
                ("sex", models.CharField(max_length=10)),
                ("people", models.PositiveIntegerField()),
            ],
        ),
        migrations.RunSQL(COUNTED),
    ]
