"""Who was entered in the register twice in one year, under two cases, is counted once.

Who is one person is what officers said and nobody contradicts (``registration_people_of``); the
first entry of the year that stands counts. Where a judgement is taken back, the next count has
two again.
"""

from django.db import migrations

from mekhala.safeguards.guards import changed_function

REAL = "and public.reading_is_real(c.number)"
ONCE = f"""{REAL}
    and not exists (
      select 1 from public.registration_people_of(r.case_id::text) p
        join public.registration_registration first on first.case_id = p.number
      where first.withdrawn_at is null and public.reading_is_real(first.case_id)
        and (first.registered_at, first.number) < (r.registered_at, r.number)
        and extract(year from first.registered_at at time zone 'Asia/Phnom_Penh')
          = extract(year from r.registered_at at time zone 'Asia/Phnom_Penh'))"""


class Migration(migrations.Migration):
    dependencies = [
        ("linkage", "0021_pairs_are_reviewed_by_two_who_do_not_see_each_other"),
        ("registration", "0005_who_is_one_person"),
    ]
    operations = [changed_function("linkage_take_register(int, int)", REAL, ONCE)]
