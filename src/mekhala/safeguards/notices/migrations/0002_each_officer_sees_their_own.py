"""Each officer sees and marks their own notices; whoever tells does so in their own name."""

from django.db import migrations

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
RULES = f"""
alter table notices_notice enable row level security;
alter table notices_notice force row level security;
create policy own on notices_notice for select to mekhala_app using (officer_id = {ACTOR});
create policy told on notices_notice for insert to mekhala_app
  with check (told_by is not distinct from {ACTOR});
create policy marked on notices_notice for update to mekhala_app
  using (officer_id = {ACTOR}) with check (officer_id = {ACTOR});
create policy maintenance on notices_notice to mekhala_owner
  using (current_setting('mekhala.maintenance', true) = 'on')
  with check (current_setting('mekhala.maintenance', true) = 'on');
revoke update, delete, truncate on notices_notice from mekhala_app;
grant update (seen_at) on notices_notice to mekhala_app;
"""
UNDO = """
drop policy own on notices_notice; drop policy told on notices_notice;
drop policy marked on notices_notice; drop policy maintenance on notices_notice;
grant update, delete on notices_notice to mekhala_app;
alter table notices_notice no force row level security;
alter table notices_notice disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]
    operations = [migrations.RunSQL(RULES, UNDO)]
