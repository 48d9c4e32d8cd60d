"""A grant is seen by the officer it is for and the one who gave it; nobody grants in another's name."""

from django.db import migrations

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
RULES = f"""
alter table access_grant enable row level security;
alter table access_grant force row level security;
create policy seen on access_grant for select to mekhala_app
  using (officer_id = {ACTOR} or granted_by_id = {ACTOR});
create policy given on access_grant for insert to mekhala_app
  with check (granted_by_id = {ACTOR});
create policy ended on access_grant for update to mekhala_app
  using (officer_id = {ACTOR} or granted_by_id = {ACTOR})
  with check (granted_by_id = {ACTOR} or until <= now());
create policy maintenance on access_grant to mekhala_owner
  using (current_setting('mekhala.maintenance', true) = 'on')
  with check (current_setting('mekhala.maintenance', true) = 'on');
revoke delete, truncate on access_grant from mekhala_app;
"""
UNDO = """
drop policy seen on access_grant; drop policy given on access_grant;
drop policy ended on access_grant; drop policy maintenance on access_grant;
alter table access_grant no force row level security;
alter table access_grant disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [migrations.RunSQL(RULES, UNDO)]
