-- The database roles of Mekhala on a PostgreSQL server (15 or newer) of your own.
--
-- Run once, as an administrator of the server, after replacing the four passwords below:
--
--     createdb mekhala
--     psql --dbname mekhala --file deploy/roles.sql
--
-- It may be run again: what is there stays, passwords included. The three roles that own and
-- use the tables are those of src/mekhala/config/roles.py; nobody logs in as one of them here.
-- The logins take one on, each only the one its process needs.
\set ON_ERROR_STOP on

begin;

do $$ begin
  -- owns the tables; every policy holds for it too, unless maintenance is switched on
  if not exists (select from pg_roles where rolname = 'mekhala_owner') then
    create role mekhala_owner nologin nosuperuser nobypassrls;
  end if;
  -- does everything at run time; owns nothing, passes no policy by
  if not exists (select from pg_roles where rolname = 'mekhala_app') then
    create role mekhala_app nologin nosuperuser nobypassrls;
  end if;
  -- reads released tables and asks whether a certificate stands, nothing else
  if not exists (select from pg_roles where rolname = 'mekhala_public') then
    create role mekhala_public nologin nosuperuser nobypassrls;
  end if;

  -- for migrations and for nothing else; keep its password away from the web server
  if not exists (select from pg_roles where rolname = 'mekhala_migrating') then
    create role mekhala_migrating login password 'replace-this-1';
  end if;
  -- for the casework process and its worker
  if not exists (select from pg_roles where rolname = 'mekhala_casework') then
    create role mekhala_casework login password 'replace-this-2';
  end if;
  -- for the public process
  if not exists (select from pg_roles where rolname = 'mekhala_figures') then
    create role mekhala_figures login password 'replace-this-3';
  end if;
  -- for pg_dump: reads every row, writes none
  if not exists (select from pg_roles where rolname = 'mekhala_backup') then
    create role mekhala_backup login bypassrls password 'replace-this-4';
  end if;
end $$;

grant mekhala_app, mekhala_public to mekhala_owner;
grant mekhala_owner to mekhala_migrating;
grant mekhala_app to mekhala_casework;
grant mekhala_public to mekhala_figures;
grant pg_read_all_data to mekhala_backup;

select format('grant create, connect on database %I to mekhala_owner', current_database()) \gexec
select format('revoke all on database %I from public', current_database()) \gexec
select format('grant connect on database %I to mekhala_migrating, mekhala_casework,'
              ' mekhala_figures, mekhala_backup', current_database()) \gexec
revoke all on schema public from public;
grant create, usage on schema public to mekhala_owner;
grant usage on schema public to mekhala_app, mekhala_public, mekhala_backup;

commit;
