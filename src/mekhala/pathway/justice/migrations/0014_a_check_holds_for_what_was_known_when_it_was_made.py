"""A check does not outlive what it did not know; entry without papers and false papers ask too.

A check made before the accused was presumed a victim, or one for soliciting made before it was
known that this was a child, no longer carries a charge: the database, too, asks for a new one.
"""

from django.db import migrations

from mekhala.safeguards.guards import changed_function

OF_THE_CHECK = "public.justice_charge_after_check()"
ITS_DAY = """  if said in ('open', 'overridden') and exists (
      select 1 from public.justice_accused a
        join lateral (select c.* from public.justice_gatecheck c
          where c.accused_id = a.number and c.statute = new.statute and c.article = new.article
          order by c.id desc limit 1) l on true
        where a.number = new.accused_id
          and ((a.presumed_victim is true and l.presumption is not true)
            or (a.age < 18 and l.kind = 'compelled.soliciting' and not l.reasons ? 'child'))) then
    said := 'closed';
  end if;
"""
LOOKED_AT = "  perform set_config('mekhala.maintenance', coalesce(before, ''), true);"
TWO = "(('KH-LSHTSE-2008', '24'), ('KH-PC-2009', '298'))"
FOUR = """(('KH-LSHTSE-2008', '24'), ('KH-PC-2009', '298'), ('KH-IMM-1994', '29'),
       ('KH-PC-2009', '626-630'))"""


class Migration(migrations.Migration):
    dependencies = [("justice", "0013_a_faxed_sheet_beside_its_entry")]
    operations = [
        changed_function(OF_THE_CHECK, LOOKED_AT, ITS_DAY + LOOKED_AT),
        changed_function(OF_THE_CHECK, TWO, FOUR),
    ]
