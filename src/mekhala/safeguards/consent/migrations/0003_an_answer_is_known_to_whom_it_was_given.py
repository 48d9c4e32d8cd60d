"""The agency an answer about justice was given to may read that answer, and none given to others.

Officers of justice hold no grant on the case; without this they could not know that a yes
stands, nor that it was withdrawn.
"""

from django.db import migrations

RULE = """
create policy told_to_justice on consent_consent for select to mekhala_app
  using (purpose = 'justice' and exists (
    select 1 from access_officer o join agencies_agency a on a.id = o.agency_id
    where o.id = (select nullif(current_setting('mekhala.officer', true), '')::bigint)
      and o.role = 'justice' and o.is_active and a.code = consent_consent.recipient));
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_row_security"), ("agencies", "0001_initial")]
    operations = [migrations.RunSQL(RULE, "drop policy told_to_justice on consent_consent")]
