"""Where a service stands is there for its own providers; who else, a referral says later."""

from django.db import migrations

from mekhala.safeguards.guards import guard

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
OWN = f"""exists (select 1 from access_officer o join directory_service s on s.agency_id = o.agency_id
  where o.id = {ACTOR} and o.role = 'provider' and o.is_active
    and s.id = directory_serviceaddress.service_id offset 0)"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_whom_services_take_and_what_inspections_found"),
        ("access", "0002_grants_seen_by_those_they_concern"),
    ]
    operations = [guard("directory_serviceaddress", OWN)]
