"""The register tells the form of exploitation made out in the whole case, not in one question."""

from django.db import migrations

from mekhala.safeguards.guards import changed_function

BEFORE = """(select case count(distinct f.code) when 0 then 'unknown' when 1 then min(f.code)
        else 'several' end
      from public.determination_finding f
      where f.file_id = d.file_id and f.made_out and f.code like 'purpose.%'
        and f.code not in ('purpose.profit', 'purpose.sexual_aggression')),"""
AFTER = "public.determination_form_of(d.case_id, d.decided_at),"


class Migration(migrations.Migration):
    dependencies = [
        ("linkage", "0027_the_next_pair_is_looked_up"),
        ("determination", "0013_the_form_that_is_made_out"),
    ]
    operations = [changed_function("linkage_take_register(int, int)", BEFORE, AFTER)]
