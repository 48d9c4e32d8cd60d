"""The form of exploitation of the register is found in all of a case, not in its last question.

Facts are kept where they were told, most of them before the first question is answered, and the
decision closes the second: counting the second alone found no form for anybody. As where the
authority reads the file (``determination.queries.joined``), a fact is made out if a source told
before the decision says so and none denies it.
"""

from django.db import migrations

from mekhala.safeguards.guards import changed_function

OF_ONE_QUESTION = """(select case count(distinct f.code) when 0 then 'unknown' when 1 then min(f.code)
        else 'several' end
      from public.determination_finding f
      where f.file_id = d.file_id and f.made_out and f.code like 'purpose.%'
        and f.code not in ('purpose.profit', 'purpose.sexual_aggression')),"""
OF_ALL_TELLINGS = """(select case count(*) when 0 then 'unknown' when 1 then min(told.code)
        else 'several' end
      from (select f.code from public.determination_finding f
          join public.determination_determinationfile asked on asked.id = f.file_id
        where asked.case_id = c.number and f.recorded_at <= d.decided_at
          and f.made_out is not null and f.code like 'purpose.%'
          and f.code not in ('purpose.profit', 'purpose.sexual_aggression')
        group by f.code having bool_and(f.made_out)) told),"""


class Migration(migrations.Migration):
    dependencies = [
        ("linkage", "0027_the_next_pair_is_looked_up"),
        ("determination", "0004_findings_belong_to_a_telling"),
    ]
    operations = [
        changed_function("linkage_take_register(int, int)", OF_ONE_QUESTION, OF_ALL_TELLINGS)
    ]
