"""Anyone checks a certificate: three answers, no cookie, nothing in an address."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from mekhala.safeguards.seals import services as seals
from mekhala.safeguards.seals.models import Guess
from mekhala.web.address import address_of
from tests.builders import NOW

DAY = NOW.date()
ASK = """
import json, sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.ALLOWED_HOSTS = ["testserver"]
plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES["staticfiles"] = {"BACKEND": plain}
import django
django.setup()
from django.db import connection
from django.test import Client
told = []
for posted in json.loads(sys.argv[2]):
    answer = Client().post("/certificate/", posted)
    told.append([answer.status_code, answer.content.decode(), dict(answer.cookies)])
with connection.cursor() as cursor:
    cursor.execute("select current_user")
    role = cursor.fetchone()[0]
    cursor.execute(
        "select table_name from information_schema.table_privileges where grantee = current_user"
    )
    tables = sorted({name for (name,) in cursor.fetchall()})
print(json.dumps({"told": told, "role": role, "tables": tables}))
"""


@pytest.fixture
def public(settings):
    """Return a client of the public door that keeps the rules of its own settings."""
    from mekhala.config.settings import public as door

    settings.ROOT_URLCONF = door.ROOT_URLCONF
    settings.MIDDLEWARE = door.MIDDLEWARE
    settings.TEMPLATES = door.TEMPLATES
    return Client(enforce_csrf_checks=True)


def sealed():
    number = "RG-7F3Q-29KX"
    return number, seals.seal(number, on=DAY)


def test_a_standing_paper_is_valid_however_it_is_typed(db, public):
    number, code = sealed()
    typed = {"number": number.lower().replace("-", " "), "code": f"{code[:5]} {code[5:]}"}
    page = public.post("/certificate/", typed).content.decode()
    assert "stands today" in page


def test_a_withdrawn_paper_is_told_as_withdrawn(db, public):
    number, code = sealed()
    seals.withdraw(number, code, on=DAY)
    page = public.post("/certificate/", {"number": number, "code": code}).content.decode()
    assert "no longer stands" in page


@pytest.mark.parametrize("number", ["RG-7F3Q-29KY", "RG-7F3Q-29KX", "anything", "'; select 1"])
def test_any_other_pair_is_not_valid_after_the_same_one_look(
    db, public, number, django_assert_num_queries
):
    sealed()
    with django_assert_num_queries(1):
        page = public.post("/certificate/", {"number": number, "code": "0000000000"})
    assert "No certificate has this number" in page.content.decode()


def test_the_page_sets_no_cookie_and_carries_no_number_in_its_address(db, public):
    number, code = sealed()
    seen = public.get("/certificate/")
    answered = public.post("/certificate/", {"number": number, "code": code})
    assert not seen.cookies
    assert not answered.cookies
    assert answered.status_code == 200
    assert "no-store" in answered.headers["Cache-Control"]
    assert "csrf" not in seen.content.decode()


def test_a_number_in_the_address_is_not_read(db, public):
    number, code = sealed()
    page = public.get("/certificate/", {"number": number, "code": code}).content.decode()
    assert "stands today" not in page
    assert number not in page.replace(f"number={number}", "")


def test_an_empty_form_says_what_to_type(db, public):
    page = public.post("/certificate/", {}).content.decode()
    assert "Type the number that is printed on the paper." in page
    assert "Type the code that is printed below the number." in page


def test_the_start_page_leads_on_and_what_is_not_there_is_not_there(db, public):
    page = public.get("/")
    assert 'href="/certificate/"' in page.content.decode()
    assert not page.cookies
    assert public.get("/cases/").status_code == 404


def test_a_page_is_asked_for_in_another_language_by_its_address(db, public):
    page = public.get("/certificate/?lang=km")
    assert 'lang="km"' in page.content.decode()
    assert page.headers["Content-Language"] == "km"
    assert public.get("/certificate/?lang=xx").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_door_itself_reads_released_tables_and_asks_for_seals_and_nothing_else():
    number, code = sealed()
    posted = [{"number": number, "code": code}, {"number": number, "code": code[::-1] + "0"}]
    done = subprocess.run(
        [sys.executable, "-c", ASK, connection.settings_dict["NAME"], json.dumps(posted)],
        capture_output=True, text=True, check=False,
        env=_environment() | {"DJANGO_SETTINGS_MODULE": "mekhala.config.settings.public"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    (first, second) = told["told"]
    assert "stands today" in first[1]
    assert "No certificate has this number" in second[1]
    assert (first[2], second[2]) == ({}, {})
    assert told["role"] == "mekhala_public"
    assert told["tables"] == ["publication_publishedtable"]


def ask(public, number, code, *, address="192.0.2.1"):
    return public.post("/certificate/", {"number": number, "code": code}, REMOTE_ADDR=address)


def test_a_thousand_guesses_are_refused_and_the_paper_is_checked_from_elsewhere(db, public):
    number, code = sealed()
    answers = [ask(public, number, f"{n:010}").status_code for n in range(1000)]
    assert answers == [200] * 20 + [429] * 980
    assert ask(public, number, code).status_code == 429  # the right one too, or guesses would tell
    assert "stands today" in ask(public, number, code, address="192.0.2.2").content.decode()


def test_guessing_from_many_places_has_three_tries_each_and_shuts_nobody_out(db, public):
    number, code = sealed()
    for place in range(20):
        ask(public, number, "0000000000", address=f"198.51.100.{place}")
    tries = [ask(public, number, "0000000001", address="203.0.113.9") for _ in range(4)]
    assert [answer.status_code for answer in tries] == [200, 200, 200, 429]
    assert "stands today" in ask(public, number, code, address="203.0.113.10").content.decode()


def test_being_told_to_wait_says_nothing_of_the_number(db, public):
    number, _code = sealed()
    for place in range(20):
        for asked in (number, "RG-0000-0000"):
            ask(public, asked, "0000000000", address=f"198.51.100.{place}")
    for _ in range(3):
        for asked in (number, "RG-0000-0000"):
            ask(public, asked, "0000000000", address="203.0.113.9")
    issued, never = (ask(public, n, "0", address="203.0.113.9") for n in (number, "RG-0000-0000"))
    assert issued.status_code == never.status_code == 429
    assert issued.headers["Retry-After"] == "3600"
    told = [re.sub(r'nonce="[^"]+"', "", answer.content.decode()) for answer in (issued, never)]
    assert told[0].replace(number, "") == told[1].replace("RG-0000-0000", "")
    assert "Not valid" not in told[0]


def test_right_answers_are_never_counted(db, public):
    number, code = sealed()
    assert {ask(public, number, code).status_code for _ in range(30)} == {200}


def test_after_an_hour_one_may_guess_again_and_the_earlier_guesses_are_gone(db):
    number, code = sealed()
    for n in range(21):
        last = seals.answer_stranger(number, str(n), address="a", at=NOW)
    assert last == "wait"
    later = NOW + timedelta(minutes=61)
    assert seals.answer_stranger(number, code, address="a", at=later) == "valid"
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Guess.objects.count()


def test_of_what_is_forwarded_only_our_own_proxies_are_believed(db, rf, settings):
    asked = rf.post(
        "/", headers={"X-Forwarded-For": "10.9.9.9, 192.0.2.7"}, REMOTE_ADDR="127.0.0.1"
    )
    assert address_of(asked) == "127.0.0.1"
    settings.PROXIES = 1
    assert address_of(asked) == "192.0.2.7"
    settings.PROXIES = 3
    assert address_of(asked) == "127.0.0.1"


def _environment():
    return os.environ | {"PYTHONPATH": str(settings.PACKAGE.parent)}
