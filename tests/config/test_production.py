"""With an unsafe setting the doors stay shut, and the words say what mends it (R-60, R-26)."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from mekhala.backup.custodians import make_identity
from mekhala.config import home as homes
from mekhala.config import keyservice, roles
from mekhala.config.embedded import PORT
from mekhala.config.home import note_backup
from mekhala.config.production import of_the_database
from mekhala.config.production.assessment import accept, on_record
from mekhala.config.production.findings import findings, refuse_if_unsafe
from mekhala.core.wrong_input import WrongInput
from tests.builders import NOW, agency

ROOT = Path(__file__).resolve().parents[2]
NOW_REALLY = datetime.now(UTC)
FILLED = "# Data-protection impact assessment\n" + "Invented text of an invented country. " * 80


@pytest.fixture
def assessed(tmp_path):
    page = tmp_path / "assessment.md"
    page.write_text(FILLED)
    return page


@pytest.fixture(scope="module")
def keys():
    """A key service as an account of its own, its folder closed to this one's checks."""
    place = Path(tempfile.mkdtemp(prefix="mekhala-keys-"))
    service = keyservice.KeyServiceProcess(place)
    service.start()
    yield service
    service.stop()
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def safe(db, settings, monkeypatch, tmp_path, assessed, keys):
    """An installation on which nothing keeps the doors shut; each test makes one thing unsafe."""
    if keyservice.service_account() is None:
        pytest.skip("only root can give the key service an account of its own")
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setenv("MEKHALA_HOME", str(place))
    monkeypatch.setenv("DATABASE_URL", "postgresql://is.asked.through/the-connection-of-the-test")
    settings.SECURE, settings.DEBUG, settings.DOOR = True, False, "casework"
    settings.CASEWORK_URL = "https://casework.example.org"
    settings.PUBLIC_URL = "https://figures.example.org"
    settings.ALLOWED_HOSTS = ["casework.example.org"]
    settings.SECRET_KEY = homes.kept_secret("django")
    settings.KEYS_SOCKET = str(keys.socket)
    settings.AUDIT_WITNESSES = [f"{place}/heads.jsonl", "https://witness.example.net"]
    settings.BACKUP_TO = [make_identity(tmp_path / n) for n in ("one", "two")]
    note_backup(place, file="a.backup", at=NOW_REALLY, to=[], size=1)
    accept(assessed, place, by="An invented officer", at=NOW)
    return settings


def whats(door="casework"):
    return [one.what for one in findings(door)]


def test_a_safe_installation_opens(safe):
    assert list(findings()) == []
    refuse_if_unsafe("casework")


SETTINGS = {
    "debug": ({"DEBUG": True}, "DEBUG"),
    "short secret": ({"SECRET_KEY": "x7-Qw9" * 5}, "MEKHALA_SECRET_KEY"),
    "dull secret": ({"SECRET_KEY": "ab" * 40}, "MEKHALA_SECRET_KEY"),
    "default secret": (
        {"SECRET_KEY": "django-insecure-0123456789abcdefghijklmnopqrstuvwxyz0123456789"},
        "MEKHALA_SECRET_KEY",
    ),
    "no host": ({"ALLOWED_HOSTS": [""]}, "MEKHALA_HOSTS"),
    "every host": ({"ALLOWED_HOSTS": ["casework.example.org", "*"]}, "MEKHALA_HOSTS"),
    "every host below": ({"ALLOWED_HOSTS": [".example.org"]}, "MEKHALA_HOSTS"),
    "other hosts": ({"ALLOWED_HOSTS": ["localhost"]}, "MEKHALA_HOSTS"),
    "public in clear": ({"PUBLIC_URL": "http://figures.example.org"}, "MEKHALA_PUBLIC_URL"),
    "one host for both": (
        {"PUBLIC_URL": "https://casework.example.org:8443"},
        "MEKHALA_PUBLIC_URL",
    ),
    "no witness": ({"AUDIT_WITNESSES": []}, "MEKHALA_WITNESSES"),
    "one witness": ({"AUDIT_WITNESSES": ["https://witness.example.net"]}, "MEKHALA_WITNESSES"),
    "one witness twice": (
        {"AUDIT_WITNESSES": ["https://witness.example.net"] * 2},
        "MEKHALA_WITNESSES",
    ),
    "witnesses here": (
        {"AUDIT_WITNESSES": ["HOME/heads.jsonl", "http://127.0.0.1:9000", "HOME/sub/more.jsonl"]},
        "MEKHALA_WITNESSES",
    ),
    "no officers": ({"BACKUP_TO": []}, "MEKHALA_BACKUP_TO"),
    "one officer": ({"BACKUP_TO": ["age1x", "age1x"]}, "MEKHALA_BACKUP_TO"),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_one_unsafe_setting_keeps_the_door_shut_and_says_what_mends_it(safe, case):
    unsafe, named = SETTINGS[case]
    for name, value in unsafe.items():
        here = os.environ["MEKHALA_HOME"]
        given = [v.replace("HOME", here) for v in value] if isinstance(value, list) else value
        setattr(safe, name, given)
    assert whats() == [named]
    (found,) = findings()
    assert found.why
    assert re.search(r"MEKHALA_|mekhala |DEBUG", found.mend), "the mend names what to do"
    with pytest.raises(SystemExit) as refusal:
        refuse_if_unsafe("casework")
    assert f"{named}: " in str(refusal.value)
    assert found.mend in str(refusal.value)
    safe.SECURE = False  # the mutant: not production, and nothing is refused
    refuse_if_unsafe("casework")


@pytest.mark.parametrize(
    ("role", "power"),
    [
        (roles.ADMIN, "is a superuser"),
        (roles.OWNER, "owns tables, is a member of mekhala_app, mekhala_owner, mekhala_public"),
        (roles.BACKUP, "passes row security by"),
        (roles.PUBLIC, "is a member of mekhala_public"),
    ],
)
def test_a_login_that_may_do_more_is_refused(safe, monkeypatch, role, power):
    where = {"host": os.environ["MEKHALA_DB_SOCKET"], "port": PORT, "user": role,
             "dbname": connection.settings_dict["NAME"]}  # fmt: skip
    with psycopg.connect(**where) as link:
        monkeypatch.setattr(of_the_database, "INVENTED", "select 0")
        monkeypatch.setattr(
            of_the_database,
            "_ask",
            lambda question, values=None: link.execute(question, values).fetchone(),
        )
        (found,) = findings()
    assert found.what == "DATABASE_URL"
    assert power in found.why
    assert "mekhala_casework of deploy/roles.sql" in found.mend


def test_the_embedded_database_is_refused(safe, monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    assert whats() == ["DATABASE_URL"]


@pytest.mark.parametrize(
    ("question", "answer", "named"),
    [
        ("show data_checksums", ("off",), "Data checksums"),
        ("select clock_timestamp()", (NOW_REALLY - timedelta(hours=1),), "Clock"),
    ],
)
def test_a_server_that_is_not_as_it_should_be_is_refused(
    safe, monkeypatch, question, answer, named
):
    ask = of_the_database._ask
    monkeypatch.setattr(
        of_the_database, "_ask", lambda q, v=None: answer if q == question else ask(q, v)
    )
    assert whats() == [named]


def test_the_invented_country_is_refused(safe):
    from mekhala.sample.agencies import INVENTED

    agency(name=f"Kingfisher Helpline {INVENTED}")
    assert whats() == ["Invented country"]


def test_a_key_service_of_the_same_account_is_refused(safe, monkeypatch, tmp_path):
    monkeypatch.setattr(keyservice, "service_account", lambda: None)
    service = keyservice.KeyServiceProcess(tmp_path)
    service.start()
    try:
        safe.KEYS_SOCKET = str(service.socket)
        (found,) = findings()
    finally:
        service.stop()
    assert found.what == "Key service"
    assert "runs casework as well" in found.why


def test_keys_that_this_account_can_read_are_refused(safe):
    folder = Path(os.environ["MEKHALA_HOME"]) / "keys"
    folder.mkdir(exist_ok=True)
    (folder / "wrapping.json").write_text("{}")
    assert whats() == ["Key service"]


def test_a_key_service_that_is_down_does_not_keep_the_doors_shut(safe, tmp_path):
    """Names are sealed until it answers; what can be served is served."""
    safe.KEYS_SOCKET = str(tmp_path / "nobody")
    assert whats() == []


def test_without_an_assessment_on_record_nothing_opens(safe):
    place = Path(os.environ["MEKHALA_HOME"])
    (place / "impact-assessment.json").unlink()
    assert whats() == ["Impact assessment"]
    (place / "impact-assessment.json").write_text('{"sha256": "", "by": ""}')
    assert whats() == ["Impact assessment"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (FILLED + "\nWho is responsible: **deployer.**\n", "line 3: is left open"),
        (FILLED + "\n| fitness | OPEN |\n", "line 3: is left open"),
        ("Yes.", "too short"),
        (b"\xff\xfe", "is not UTF-8"),
    ],
)
def test_an_assessment_that_leaves_something_open_is_not_accepted(tmp_path, text, says):
    page = tmp_path / "page.md"
    page.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(WrongInput, match=says):
        accept(page, tmp_path, by="An invented officer", at=NOW)
    assert on_record(tmp_path) is None


def test_our_own_template_is_not_accepted_as_it_is(tmp_path):
    template = ROOT / "docs" / "data-protection-impact-assessment.md"
    with pytest.raises(WrongInput, match="is left open"):
        accept(template, tmp_path, by="An invented officer", at=NOW)


def test_what_is_on_record_says_who_and_when_and_of_which_text(tmp_path, assessed):
    with pytest.raises(WrongInput, match="names nobody"):
        accept(assessed, tmp_path, by=" ", at=NOW)
    digest = accept(assessed, tmp_path, by="An invented officer", at=NOW)
    assert on_record(tmp_path) == {
        "sha256": digest, "file": "assessment.md", "by": "An invented officer",
        "at": NOW.isoformat(),
    }  # fmt: skip


@pytest.mark.parametrize("age", [None, timedelta(days=3)])
def test_an_old_backup_is_said_and_the_doors_open(safe, age):
    kept = Path(os.environ["MEKHALA_HOME"]) / "backups.jsonl"
    kept.unlink()
    if age:
        note_backup(kept.parent, file="a", at=NOW_REALLY - age, to=[], size=1)
    assert whats() == ["Backup"]
    refuse_if_unsafe("casework")


def test_the_public_door_looks_at_what_is_its_own(safe, monkeypatch):
    safe.ALLOWED_HOSTS = ["figures.example.org"]
    safe.AUDIT_WITNESSES, safe.BACKUP_TO, safe.KEYS_SOCKET = [], [], ""
    (found,) = findings("public")
    assert found.what == "DATABASE_URL"  # the test's connection is casework's
    assert "mekhala_figures" in found.mend


@pytest.mark.parametrize("door", ["casework", "public"])
def test_a_server_started_as_a_deployment_does_leaves_in_words(door, tmp_path_factory):
    """As gunicorn loads it: no traceback, no answer, and each line with its arrow."""
    done = subprocess.run(
        [sys.executable, "-c", "import mekhala.config.wsgi"], check=False, capture_output=True,
        text=True, cwd=ROOT,
        env=os.environ | {
            "PYTHONPATH": str(ROOT / "src"), "MEKHALA_URL": "https://one.example.org",
            "MEKHALA_PUBLIC_URL": "https://one.example.org", "MEKHALA_HOSTS": "*",
            "DJANGO_SETTINGS_MODULE": f"mekhala.config.settings.{door}",
            "DATABASE_URL": f"postgresql://{roles.ADMIN}@/postgres?port={PORT}&host="
            + os.environ["MEKHALA_DB_SOCKET"],
        },
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"Mekhala does not open its {door} door" in done.stderr
    for what in ("MEKHALA_HOSTS", "MEKHALA_PUBLIC_URL", "DATABASE_URL"):
        assert f"{what}: " in done.stderr
