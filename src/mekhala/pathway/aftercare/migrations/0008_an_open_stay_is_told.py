"""What of a case is not finished includes a stay: a case is not closed while somebody is there.

Told by code to officers to whom the case is open, as the rest is: never where the person stays.
"""

from django.db import migrations

from mekhala.safeguards.guards import changed_function

BEFORE = "answer := answer || 'follow_up'::text; end if;"
STAY = """
    if exists (select 1 from public.aftercare_stay s
        where s.case_id = of_case and s.left_at is null) then
      answer := answer || 'stay'::text; end if;"""


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0007_support_counted_through_a_function"),
        ("encounter", "0008_an_open_stay_keeps_a_case_open"),
    ]
    operations = [changed_function("aftercare_still_open(text)", BEFORE, BEFORE + STAY)]
