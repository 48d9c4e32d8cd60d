"""Forms of exploitation are counted from all that was found about a person up to the decision.

Facts are recorded under the first question of a case and decided on under the second: what was
counted under the question of the decision alone left nearly every form unknown.
"""

from django.db import migrations

from mekhala.safeguards.guards import changed_function

BEFORE = "where f.file_id = d.file_id and f.made_out"
AFTER = """join public.determination_determinationfile q on q.id = f.file_id
      where q.case_id = d.case_id and f.recorded_at <= d.decided_at and f.made_out"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0027_the_next_pair_is_looked_up")]
    operations = [changed_function("linkage_take_register(int, int)", BEFORE, AFTER)]
