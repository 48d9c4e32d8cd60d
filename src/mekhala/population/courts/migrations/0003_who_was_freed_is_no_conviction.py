"""A conviction is counted while the ladder says so: not once it was set aside.

Somebody may be freed, or sent for a second trial, and no later judgment be kept; by the end of
the last year counted the last rung decides then.
"""

from django.db import migrations

from mekhala.safeguards.guards import changed_function

COUNTED = "from told where nth = 1 and result in ('convicted', 'suspended') group by accused_id"
STANDING = """from told where nth = 1 and result in ('convicted', 'suspended')
      and not coalesce((select s.stage in ('acquitted', 'case_dropped') or (s.stage = 'accused'
            and exists (select 1 from public.justice_step e where e.accused_id = s.accused_id
              and e.stage in ('convicted_not_final', 'convicted')
              and (e."on", e.id) < (s."on", s.id)))
          from public.justice_step s where s.accused_id = told.accused_id
            and extract(year from s."on") <= last_year
          order by s."on" desc, s.id desc limit 1), false)
    group by accused_id"""


class Migration(migrations.Migration):
    dependencies = [("courts", "0002_counted_through_two_functions")]
    operations = [changed_function("courts_convictions(int)", COUNTED, STANDING)]
