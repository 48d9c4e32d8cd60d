"""A prosecutor's reasons against a check carry one charge: of its article, of the days they name.

The database holds it: a charge recorded against a check names it, no other charge can name the
same, and the conduct is the one the reasons were given for. Charges from before are matched with
the checks they were recorded against, in their order; of what was given for several, the first
charge is carried, and the others are told as standing without a check.
"""

import django.db.models.deletion
from django.db import migrations, models

from mekhala.safeguards.guards import changed_function

OF_THE_CHECK = "public.justice_charge_after_check()"
EARLIER = """
select set_config('mekhala.maintenance', 'on', true);
with charges as (
  select c.id, c.accused_id, c.statute, c.article,
    row_number() over (partition by c.accused_id, c.statute, c.article order by c.id) as nth
  from justice_charge c
), checks as (
  select k.id, k.accused_id, k.statute, k.article,
    row_number() over (partition by k.accused_id, k.statute, k.article order by k.id) as nth
  from justice_gatecheck k where k.outcome = 'overridden'
)
update justice_charge one set against_check_id = checks.id
  from charges join checks using (accused_id, statute, article, nth)
  where one.id = charges.id;
set constraints all immediate;
select set_config('mekhala.maintenance', '', true);
"""
A_CHILD = "(a.age < 18 and l.kind = 'compelled.soliciting' and not l.reasons ? 'child')"
A_CHILD_OR_ANOTHER = f"""{A_CHILD}
            or (l.outcome = 'overridden' and (new.against_check_id is distinct from l.id
              or (l.conduct_from, coalesce(nullif(l.conduct_to, ''), l.conduct_from))
                is distinct from
                (new.conduct_from, coalesce(nullif(new.conduct_to, ''), new.conduct_from))))"""
WATCHED = """
drop trigger after_check on justice_charge;
create trigger after_check before insert or update of {columns}
  on justice_charge for each row execute function justice_charge_after_check();
"""
BEFORE = "accused_id, statute, article"


class Migration(migrations.Migration):
    dependencies = [("justice", "0015_an_acquittal_may_be_appealed_against")]
    operations = [
        migrations.AddField(
            "gatecheck", "conduct_from",
            models.CharField(
                blank=True, default="", max_length=10,
                help_text="The conduct of the one charge these reasons are for",
            ), preserve_default=False,
        ),
        migrations.AddField(
            "gatecheck", "conduct_to", models.CharField(blank=True, default="", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            "charge", "against_check",
            models.OneToOneField(
                help_text="The check it was recorded against, with reasons for this one charge",
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="carries",
                to="justice.gatecheck",
            ),
        ),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
        changed_function(OF_THE_CHECK, A_CHILD, A_CHILD_OR_ANOTHER),
        migrations.RunSQL(
            WATCHED.format(columns=f"{BEFORE}, conduct_from, conduct_to, against_check_id"),
            WATCHED.format(columns=BEFORE),
        ),
    ]  # fmt: skip
