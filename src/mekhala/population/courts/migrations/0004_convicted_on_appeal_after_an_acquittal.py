"""Who was acquitted and then convicted by a higher court was judged at the hearing of the appeal.

So its checklist says, too, whether there was a lawyer, an interpreter, a complainant.
"""

from django.db import migrations

from mekhala.safeguards.guards import changed_function

AT_THE_TRIAL = "where h.kind in ('trial', 'retrial', 'judgment')"
WHERE_JUDGED = """where (h.kind in ('trial', 'retrial', 'judgment') or (h.kind = 'appeal'
        and exists (select 1 from public.justice_step q where q.accused_id = o.accused_id
          and q.stage = 'acquitted'
          and exists (select 1 from public.justice_step e where e.accused_id = q.accused_id
            and e.stage in ('convicted_not_final', 'convicted')
            and (e."on", e.id) > (q."on", q.id)))))"""


class Migration(migrations.Migration):
    dependencies = [("courts", "0003_who_was_freed_is_no_conviction")]
    operations = [changed_function("courts_convictions(int)", AT_THE_TRIAL, WHERE_JUDGED)]
