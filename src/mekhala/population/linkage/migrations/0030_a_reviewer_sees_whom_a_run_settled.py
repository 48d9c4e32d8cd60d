"""Who is named to review a run sees whom it settled: numbers of people, records and lists.

The records of one settled person were open to a reviewer before, and no page led there: the list
of people was for statisticians alone. The policy ends with the naming, and with the role.
"""

from django.db import migrations

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
MAY_REVIEW = "('statistician', 'registrar')"
MINE = f"""settlement_id in (select t.id from public.linkage_settlement t
    join public.linkage_runreviewer v on v.run_id = t.run_id
    join public.access_officer o on o.id = v.officer_id
    where v.officer_id = {ACTOR} and v.ended_at is null
      and o.is_active and o.role in {MAY_REVIEW})"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0029_whom_a_list_counts")]
    operations = [
        migrations.RunSQL(
            "create policy reviewed on linkage_settledrecord for select to mekhala_app"
            f" using ({MINE});",
            "drop policy reviewed on linkage_settledrecord;",
        ),
    ]
