"""A no recorded by the house that was asked is kept.

The database, ending the request by its own rule, is not held back by what the house may see no
more: the row it writes is one that house does not read.
"""

from django.db import migrations

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
BY_ITS_OWN_RULE = """current_user <> 'mekhala_app'
    and current_setting('mekhala.maintenance', true) = 'on' or """


def policy(unless: str) -> str:
    """Return that who only supports the person reads no request that was taken back."""
    return f"""
drop policy withdrawn_is_not_told on referral_referral;
create policy withdrawn_is_not_told on referral_referral as restrictive for select to mekhala_app
  using (status <> 'withdrawn' or {unless}exists (select 1 from access_grant g
    where g.officer_id = {ACTOR} and g.file_number = referral_referral.case_id
      and g.purpose in ('first_contact', 'determination', 'registration')
      and g.until > now() offset 0));
"""


class Migration(migrations.Migration):
    dependencies = [("referral", "0013_an_arrival_noted_in_error_is_taken_back")]
    operations = [migrations.RunSQL(policy(BY_ITS_OWN_RULE), policy(""))]
