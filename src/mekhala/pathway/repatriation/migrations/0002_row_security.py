"""A return is there for whom the case is open to, and for the other side while a yes stands.

The other side is the body named on the return; it sees the return and its steps, no row of the
case. What is recorded of a return is never changed, and what is sealed for the other side is
erased with the rest of the person.
"""

from django.db import migrations

from mekhala.pathway.repatriation import erasure
from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import append_only, erases, open_by_grant, open_with_parent

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
OTHER_SIDE = f"""
create policy told_to_the_other_side on repatriation_return for select to mekhala_app using (
  ended_at is null and exists (select 1 from access_officer o
    join agencies_agency a on a.id = o.agency_id
    where o.id = {ACTOR} and o.is_active and o.agency_id = repatriation_return.counterpart_id
      and exists (select 1
        from consent_carried(repatriation_return.case_id, a.code, 'support', now()) c
        where c.data_class = 'needs')
    offset 0))
"""
OF_A_RETURN = ("statement", "check", "stepdone", "exchange")


class Migration(migrations.Migration):
    dependencies = [
        ("repatriation", "0001_initial"),
        ("access", "0005_files_close_for_good"),
        ("consent", "0006_a_yes_taken_back_takes_effect_at_once"),
        ("retention", "0002_the_database_erases"),
    ]
    operations = [
        open_by_grant(
            "repatriation_return", "case_id", Purpose.FIRST_CONTACT, Purpose.REGISTRATION,
            field_class=FieldClass.OPEN,
        ),
        migrations.RunSQL(
            OTHER_SIDE, "drop policy told_to_the_other_side on repatriation_return"
        ),
        *[
            open_with_parent(f"repatriation_{table}", "of_return_id", "repatriation_return")
            for table in OF_A_RETURN
        ],
        *[append_only(f"repatriation_{table}") for table in ("statement", "check", "stepdone")],
        append_only("repatriation_commitmentstatus"),
        *erases("repatriation", erasure.PARTS),
    ]  # fmt: skip
