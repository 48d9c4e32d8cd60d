"""The form of exploitation that was made out in a case, for those who count and see no file.

Facts are kept where they were told, most of them before the first question is answered, and the
decision closes the second: the second alone holds none. As where the authority reads the file
(``determination.queries.joined``) a fact is made out if a source says so and none denies it.
Profit and sexual aggression are motives, not forms; who suffered several forms is told as that.
"""

from django.db import migrations

FUNCTION = """
create function determination_form_of(of_case text, until timestamptz) returns text
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select case count(*) when 0 then 'unknown' when 1 then min(told.code) else 'several' end
  from (
    select f.code from public.determination_finding f
      join public.determination_determinationfile asked on asked.id = f.file_id
    where asked.case_id = of_case and f.recorded_at <= until and f.made_out is not null
      and f.code like 'purpose.%' and f.code not in ('purpose.profit', 'purpose.sexual_aggression')
    group by f.code having bool_and(f.made_out)
  ) told
$$;
revoke all on function determination_form_of(text, timestamptz) from public;
"""


class Migration(migrations.Migration):
    dependencies = [("determination", "0012_where_it_lies_on_the_continuum")]
    operations = [
        migrations.RunSQL(FUNCTION, "drop function determination_form_of(text, timestamptz)")
    ]
