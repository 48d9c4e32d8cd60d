"""Data keys for what is said about a person: numbered in one row, kept by whoever writes.

A key is seen by whom a file is open to under its number, whether a name is kept there or not.
Whoever acts may keep a new one, before the row it seals is there; it opens nothing else. The
numbers come from a sequence, so that two who write about one person never draw the same.
"""

from django.db import migrations

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
OPEN = f"""exists (select 1 from access_grant g where g.officer_id = {ACTOR}
  and g.file_number = identity_datakey.subject and g.until > now() offset 0)"""
NUMBERS = """
create sequence identity_key_number;
select set_config('mekhala.maintenance', 'on', true);
select setval('identity_key_number', (select coalesce(max(number), 0) + 1 from identity_datakey),
  false);
select set_config('mekhala.maintenance', '', true);
grant usage on sequence identity_key_number to mekhala_app;
"""
POLICIES = f"""
create policy of_an_open_file on identity_datakey for select to mekhala_app using ({OPEN});
create policy taken_in on identity_datakey for update to mekhala_app
  using ({OPEN}) with check ({OPEN});
create policy kept_by_who_writes on identity_datakey for insert to mekhala_app
  with check ({ACTOR} is not null and form <> 'destroyed');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0006_rows_by_class"),
        ("identity", "0005_keepings_told_by_the_log"),
        ("access", "0002_grants_seen_by_those_they_concern"),
    ]
    operations = [
        migrations.RunSQL(NUMBERS, "drop sequence identity_key_number"),
        migrations.RunSQL(
            POLICIES,
            "".join(
                f"drop policy {name} on identity_datakey;"
                for name in ("of_an_open_file", "taken_in", "kept_by_who_writes")
            ),
        ),
    ]
