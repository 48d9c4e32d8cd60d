"""A referral is there for whom the case is open to, and for the agency that is asked."""

from django.db import migrations

from mekhala.safeguards.guards import guard

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
RULE = f"""
exists (select 1 from access_grant g
  where g.officer_id = {ACTOR} and g.file_number = referral_referral.case_id
    and g.purpose in ('first_contact', 'determination', 'registration', 'support')
    and g.until > now() offset 0)
or exists (select 1 from access_officer o join directory_service s on s.agency_id = o.agency_id
  where o.id = {ACTOR} and o.role = 'provider' and s.id = referral_referral.service_id offset 0)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referral", "0001_initial"),
        ("access", "0002_grants_seen_by_those_they_concern"),
    ]
    operations = [guard("referral_referral", RULE)]
