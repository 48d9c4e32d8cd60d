"""The database roles, and taking one of them on.

Everything at run time is done as ``mekhala_app``, which owns nothing and passes no policy
by. Migrations run as ``mekhala_owner``. The public site reads as ``mekhala_public``.
"""

from typing import Any

ADMIN = "mekhala_admin"
OWNER = "mekhala_owner"
APP = "mekhala_app"
PUBLIC = "mekhala_public"
BACKUP = "mekhala_backup"

MAKE_ROLES = f"""
do $$ begin
  if not exists (select from pg_roles where rolname = '{OWNER}') then
    create role {OWNER} login createdb nosuperuser nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = '{APP}') then
    create role {APP} login nosuperuser nobypassrls nocreatedb;
  end if;
  if not exists (select from pg_roles where rolname = '{PUBLIC}') then
    create role {PUBLIC} login nosuperuser nobypassrls nocreatedb;
  end if;
end $$;
grant {APP}, {PUBLIC} to {OWNER};
"""

# On the embedded server only: elsewhere an administrator makes it, by deploy/roles.sql.
MAKE_BACKUP_ROLE = f"""
do $$ begin
  if not exists (select from pg_roles where rolname = '{BACKUP}') then
    create role {BACKUP} login nosuperuser bypassrls nocreatedb;
  end if;
end $$;
grant pg_read_all_data to {BACKUP};
"""

# What a login on another server is asked, and given where it may give it (needed once).
ALL_THERE = f"""
select count(*) = 3 from pg_roles where rolname in ('{OWNER}', '{APP}', '{PUBLIC}')
"""
GIVE_TO_LOGIN = f"""
do $$ begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    grant {OWNER}, {APP}, {PUBLIC} to current_user;
  end if;
end $$;
"""
OWNER_MAY_MAKE_TABLES = f"""
select has_database_privilege('{OWNER}', current_database(), 'CREATE')
   and has_database_privilege('{OWNER}', current_database(), 'CONNECT')
   and has_schema_privilege('{OWNER}', 'public', 'CREATE')
   and has_schema_privilege('{OWNER}', 'public', 'USAGE')
"""
LET_OWNER_MAKE_TABLES = f"""
do $$ begin
  execute format('grant create, connect on database %I to {OWNER}', current_database());
  grant create, usage on schema public to {OWNER};
end $$;
"""
LOGIN_MAY_WORK = f"select pg_has_role(current_user, '{APP}', 'MEMBER')"


def as_role(database: dict[str, Any], role: str) -> dict[str, Any]:
    """Return the settings of ``database`` with ``role`` taken on.

    On the embedded server the role is the login. With a ``DATABASE_URL`` the login is what the
    address says, and the role is forced in the start options: it survives the pool,
    ``RESET ROLE`` and ``DISCARD ALL``.
    """
    if database.get("LOGIN_IS_ROLE"):
        return database | {"USER": role}
    start = f"{database.get('START_OPTIONS', '')} -c role={role} -c jit=off".strip()
    return database | {"OPTIONS": dict(database.get("OPTIONS", {})) | {"options": start}}


def become(role: str) -> None:
    """Make this process's connection speak as ``role`` from now on."""
    from django.db import connection

    connection.close()
    close_pool = getattr(connection, "close_pool", None)
    if close_pool and connection.settings_dict["OPTIONS"].get("pool"):
        close_pool()  # the pool outlives close()
    connection.settings_dict.update(as_role(dict(connection.settings_dict), role))
