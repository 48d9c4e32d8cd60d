"""The cache table: used TOTP codes and counted sign-ins, shared by all processes."""

from django.db import migrations

TABLE = """
create table config_cache (
  cache_key varchar(255) primary key,
  value text not null,
  expires timestamp with time zone not null
);
create index config_cache_expires on config_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("config", "0001_roles_and_their_rights")]
    operations = [migrations.RunSQL(TABLE, "drop table config_cache")]
