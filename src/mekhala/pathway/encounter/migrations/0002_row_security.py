"""Cases and encounters are there for whom they are open to."""

from django.db import migrations

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.guards import guard, open_by_grant

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
# "offset 0" keeps PostgreSQL from reading every grant of an officer of the authority into a hash
# before it shows the first fifty cases: each row is looked up by the grants' index instead.
OPENED = f"""exists (select 1 from access_grant g
  where g.officer_id = {ACTOR} and g.file_number = encounter_case.number and g.until > now()
  offset 0)"""


class Migration(migrations.Migration):
    dependencies = [('encounter', '0001_initial'), ('access', '0002_grants_seen_by_those_they_concern')]
    operations = [
        guard("encounter_case", OPENED),
        open_by_grant(
            "encounter_encounter", "case_id",
            Purpose.FIRST_CONTACT, Purpose.DETERMINATION, Purpose.REGISTRATION,
        ),
    ]
