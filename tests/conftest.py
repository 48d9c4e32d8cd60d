"""One PostgreSQL for the run, one template database with every migration, a copy per worker."""

import contextlib
import fcntl
import gc
import hashlib
import itertools
import json
import os
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import settings as trying

# A busy machine is no fault of a rule: what must be quick is measured by tests of its own.
trying.register_profile("unhurried", deadline=None, max_examples=40)
trying.load_profile("unhurried")

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop
pytest_plugins = ["tests.browser"]
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
# A vacuum while a test's rows are not committed counts none, and what is believed empty is read
# whole for every row that is checked: the slowest tests took ten times as long.
FAST = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off",
}  # fmt: skip
GIVE = """
set role mekhala_owner;
create schema tests;
grant usage on schema tests to mekhala_app;
create function tests.give(number text, receiver bigint, purpose text, giver bigint,
  starts timestamptz, ends timestamptz, classes text[]) returns bigint
language plpgsql security definer as $$
declare made bigint;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  insert into public.access_grant
    (file_number, officer_id, purpose, granted_by_id, granted_at, until, field_classes)
  values (number, receiver, purpose, giver, starts, ends, classes)
  on conflict on constraint grant_once_per_purpose do update set granted_at = excluded.granted_at,
    until = excluded.until, field_classes = excluded.field_classes
  returning id into made;
  perform set_config('mekhala.maintenance', '', true);
  return made;
end $$;
create function tests.without_trigger(of_table text, name text) returns void
language plpgsql security definer as $$
begin execute format('alter table public.%I disable trigger %I', of_table, name); end $$;
create function tests.without_lock() returns void language plpgsql security definer as $$
begin create or replace function public.consent_hold(on_case text) returns void
  language plpgsql as 'begin end'; end $$;
create function tests.as_owner(statement text) returns void
language plpgsql security definer set search_path = public as $$
begin
  perform set_config('mekhala.maintenance', 'on', true);
  execute statement;
  perform set_config('mekhala.maintenance', '', true);
end $$;
create function tests.officer(name text, shown text, of_agency bigint, of_role text, active boolean,
  secret text) returns bigint language sql security definer as $$
  insert into public.access_officer
    (username, shown_as, agency_id, role, is_active, password, last_login)
  values (name, shown, of_agency, of_role, active, secret, null) returning id
$$;
create function tests.agency(of_code text, of_name text, of_name_km text, of_kind text, place text,
  open boolean) returns bigint language sql security definer as $$
  insert into public.agencies_agency (code, name, name_km, kind, province_code, is_active)
  values (of_code, of_name, of_name_km, of_kind, place, open) returning id
$$;
create function tests.without_guards() returns void language plpgsql security definer as $$
begin
  set constraints all immediate;
  alter table public.four_eyes_secondsignature
    drop constraint signature_of_two_officers_agencies_devices;
  drop trigger rules on public.four_eyes_secondsignature;
  drop policy two on public.four_eyes_secondsignature;
  create policy everybody on public.four_eyes_secondsignature to mekhala_app using (true);
  drop trigger rules on public.access_officer;
end $$;
create function tests.invent() returns void language sql security definer as
  'insert into public.signing_inventedcountry (since) values (now())';
create view tests.log as select * from public.audit_entry;
grant select on tests.log to mekhala_app;
"""  # who works here and what is open to whom before a test begins: given as the tables' owner
COPIES = itertools.count(1)
# A database that stays up between runs keeps its key service too: each run counts from elsewhere.
BEFORE = int(time.time() / 40) % 100 * 2 * 10**7 if os.environ.get("MEKHALA_DB_SOCKET") else 0
LEADER = "PYTEST_XDIST_WORKER" not in os.environ


def _needs_database(config: pytest.Config) -> bool:
    """Tell whether Django is wanted at all: ``-p no:django`` runs the core alone."""
    return config.pluginmanager.hasplugin("django")


def pytest_configure(config: pytest.Config) -> None:
    """Start the database before anything connects; workers find it in the environment."""
    if _needs_database(config):
        from tests.lasting import what_is_opened_stays_open
        from tests.sessions import every_sign_in_is_whole

        every_sign_in_is_whole()
        what_is_opened_stays_open()
    if LEADER and _needs_database(config) and not os.environ.get("MEKHALA_DB_SOCKET"):
        from django.conf import settings

        from mekhala.config.database import ready_the_server

        _let_everybody_open_much()
        config.mekhala_server = ready_the_server(**FAST)
        if not os.environ.get("DATABASE_URL"):
            settings.DATABASES["default"]["HOST"] = os.environ["MEKHALA_DB_SOCKET"]


def _let_everybody_open_much() -> None:
    """One key service serves the whole run: what all may open together would end in the middle."""
    keys = Path(os.environ["MEKHALA_HOME"]) / "keys"
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    limits = {"all_per_hour": 10**6, "all_index_per_day": 10**6, "link_per_day": 10**8,
              "all_blind_per_day": 10**8, "all_compare_per_day": 10**6}  # fmt: skip
    (keys / "limits.json").write_text(json.dumps(limits), encoding="utf-8")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the database this run started and take its folder away."""
    server = getattr(config, "mekhala_server", None)
    if server:
        import shutil

        from tests import homes

        server.stop()
        homes.forget(Path(os.environ["MEKHALA_HOME"]))
        shutil.rmtree(os.environ["MEKHALA_HOME"], ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> object:
    """Gather the tests undisturbed: nothing of ten thousand is garbage, before or afterwards."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()  # millions of lasting objects are not looked through again and again
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser journeys go last: they leave an event loop behind."""
    items.sort(key=lambda item: "page" in getattr(item, "fixturenames", ()))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin in the language of the settings, whatever page another test looked at last."""
    if _needs_database(item.config):
        from django.utils import translation

        translation.deactivate()


def _key() -> str:
    import django

    digest = hashlib.sha256((django.__version__ + GIVE).encode())
    for path in sorted((ROOT / "src").glob("**/migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _admin(statement: str, database: str = "postgres") -> list[tuple]:
    """Run statements on a database as the owner of all test databases."""
    import psycopg

    from mekhala.config import roles

    url = os.environ.get("DATABASE_URL")
    where = {"conninfo": url} if url else {
        "host": os.environ["MEKHALA_DB_SOCKET"], "port": "5432",
        "user": roles.ADMIN,
    }  # fmt: skip
    if not url or database != "postgres":
        where["dbname"] = database
    with psycopg.connect(**where, autocommit=True) as link:
        result = link.execute(statement)
        return result.fetchall() if result.description else []


def _fresh(name: str, template: str) -> None:
    _admin(f"drop database if exists {name} with (force)")
    _admin(f"create database {name} template {template} owner mekhala_owner")


def _copy(name: str, template: str, worker: str) -> None:
    """Give a worker its copy, in which no officer has a number another had in this run.

    The key service counts what each officer opens in an hour, and one serves the whole run.
    """
    _fresh(name, template)
    first = BEFORE + int(worker.removeprefix("gw")) * 10**7 + next(COPIES) * 10**4
    _admin(f"select setval('access_officer_id_seq', {first})", name)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, request):
    """Build the template once (the first worker does), then give this worker its own copy."""
    from django.core.management import call_command
    from django.db import connection
    from django.test import TransactionTestCase

    template = f"mekhala_template_{_key()}"
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    name = f"mekhala_test_{os.getpid()}_{worker}"
    lock_path = Path(os.environ["MEKHALA_HOME"]) / "template.lock"
    with lock_path.open("w") as lock, django_db_blocker.unblock():
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = _admin(f"select datistemplate from pg_database where datname = '{template}'")
        if not known or not known[0][0]:
            _fresh(template, "template0")
            connection.settings_dict["NAME"] = template
            call_command("migrate", verbosity=0)
            connection.close()
            _admin(GIVE, template)
            _admin(f"alter database {template} is_template true")
        _copy(name, template, worker)
        connection.settings_dict["NAME"] = name

    def refill(self: object) -> None:
        """After a transactional test: a fresh copy. No TRUNCATE, so the guards stay on."""
        from mekhala.safeguards.identity import stock
        from mekhala.safeguards.signing.queries import forget_whether_invented

        forget_whether_invented()
        stock.clear()  # its numbers were drawn from the database that goes
        connection.close()
        _copy(name, template, worker)

    TransactionTestCase._fixture_teardown = refill
    yield
    with django_db_blocker.unblock():
        connection.close()
        with contextlib.suppress(Exception):
            _admin(f"drop database if exists {name} with (force)")


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker):
    """Keep a transaction for a module: what its fixtures make once stands for each of its tests.

    What a test does (``db``) is undone within it. Not for tests that commit or cut a connection.
    """
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def own_keys(settings, db):
    """Give the test a key service of its own: a rotation is seen by nobody else of this run."""
    from mekhala.config.keyservice import KeyServiceProcess
    from mekhala.safeguards.identity import stock

    with tempfile.TemporaryDirectory(prefix="mekhala-keys-") as place:
        Path(place).chmod(0o711)  # the service, under its own account, goes through it
        service = KeyServiceProcess(Path(place))
        service.start()
        settings.KEYS_SOCKET, settings.KEYS_PUBLIC = str(service.socket), service.public
        stock.clear()  # wrapped by the service of the whole run
        try:
            yield service
        finally:
            stock.clear()
            service.stop()


@pytest.fixture
def acting(db):
    """Return a function that makes the rest of the test run as an officer (None: nobody)."""
    from mekhala.safeguards.access import acting as room

    return lambda officer: room.become(officer.pk if officer else None)


@pytest.fixture
def shared() -> Path:
    """Return the folder of real inputs, or skip where it is absent."""
    if not SHARED.exists():
        pytest.skip("real inputs are absent: no folder 'shared' beside the repository")
    return SHARED


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--picture`` renews the pictures of the docs; ``--every-language`` leaves nothing out."""
    parser.addoption("--picture", action="store_true", help="renew docs/images")
    parser.addoption(
        "--every-language", action="store_true", help="journeys left out for time run in Khmer too"
    )
