"""How often one is answered: the API, phones that guess, and what browsers report."""

import json
import logging

import pytest
from django.core.cache import cache
from django.test import Client

from mekhala.safeguards.access import devices
from mekhala.safeguards.signing import services
from mekhala.web import reports
from tests.builders import NOW, agency, officer
from tests.builders_agreements import new_token
from tests.sessions import sign_in


@pytest.fixture(autouse=True)
def nobody_counted_yet():
    """Tries are counted in the cache, lines of reports in the process."""
    cache.clear()
    reports._written.clear()


def test_the_api_answers_a_key_five_times_a_second_and_says_how_long_to_wait(db, settings):
    settings.API_PER_SECOND = 5
    token = new_token(officer(), "x", at=NOW, days=36500)
    client, asks = Client(), {"headers": {"Authorization": f"Bearer {token}"}}
    statuses = [client.get("/api/v1/cases", **asks).status_code for _ in range(50)]
    assert set(statuses) == {200}
    refused = client.get("/api/v1/cases", **asks)
    assert refused.status_code == 429
    assert refused.json()["detail"].startswith("Too many requests")
    assert 1 <= int(refused.headers["Retry-After"]) <= 11
    other = sign_in(Client(), officer())
    assert other.get("/api/v1/cases").status_code == 200


def test_the_count_begins_anew_when_the_time_is_over(db):
    from datetime import timedelta

    def tried(at):
        return services.count("test", "x", most=1, seconds=10, at=at)

    assert (tried(NOW), tried(NOW) > 0, tried(NOW + timedelta(seconds=10))) == (0, True, 0)


def _phone(name, password, **more):
    import base64

    said = base64.b64encode(f"{name}:{password}".encode()).decode()
    return Client().get("/f/formList", headers={"Authorization": f"Basic {said}"}, **more)


def test_where_nothing_was_tried_nobody_waits(db):
    assert services.wait_for([], most=1, at=NOW) == 0


def test_a_phone_that_guesses_waits_even_with_the_right_password(db):
    device, password = devices.issue(officer(at=agency()), "x", at=NOW)
    for _ in range(5):
        assert _phone(device.username, "a guess").status_code == 401
    refused = _phone(device.username, password)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 901


def test_an_address_that_guesses_names_waits_and_another_does_not(db):
    device, password = devices.issue(officer(at=agency()), "x", at=NOW)
    for number in range(5):
        _phone(f"name-{number}", "a guess")
    assert _phone(device.username, password).status_code == 429
    assert _phone(device.username, password, REMOTE_ADDR="10.9.8.7").status_code == 200


def _report(**inside):
    body = json.dumps({"csp-report": inside})
    return Client(enforce_csrf_checks=True).post(
        "/csp-report/", body, content_type="application/csp-report"
    )


def test_a_report_keeps_the_rule_and_the_kind_of_page_and_nothing_else(db, caplog):
    caplog.set_level(logging.WARNING, "mekhala.csp")
    answer = _report(**{
        "document-uri": "https://x.example/cases/MK-AAAA-BBBB/history/?page=secret",
        "effective-directive": "script-src-elem", "blocked-uri": "https://evil.example/secret",
        "script-sample": "secret",
    })  # fmt: skip
    assert (answer.status_code, answer.content) == (204, b"")
    (line,) = caplog.messages
    assert line == "content policy: script-src-elem on /cases/<str:number>/history/"


def test_nobody_fills_the_log_with_reports(db, caplog):
    caplog.set_level(logging.WARNING, "mekhala.csp")
    for _ in range(30):
        _report(**{"document-uri": "/cases/", "effective-directive": "img-src"})
    assert len(caplog.messages) == reports.A_MINUTE


@pytest.mark.parametrize(
    "body", [b"", b"no json", b"[]", b'{"csp-report": 3}', b"[1, {}]", b"x" * 20_000]
)
def test_what_is_no_report_is_taken_and_forgotten(db, client, caplog, body):
    answer = client.post("/csp-report/", body, content_type="application/csp-report")
    assert answer.status_code == 204
    assert not caplog.messages


def test_every_page_reports_to_us_and_takes_no_markup_but_through_our_policy(db, client):
    policy = client.get("/sign-in/").headers["Content-Security-Policy"]
    for part in ("report-uri /csp-report/", "require-trusted-types-for 'script'",
                 "trusted-types default mekhala-inert", "object-src 'none'"):  # fmt: skip
        assert part in policy
    assert "unsafe" not in policy


def test_an_error_shows_a_number_and_no_words_of_its_own(db, client, monkeypatch):
    def fails(*_args, **_kept):
        raise RuntimeError("a secret word")

    monkeypatch.setattr("mekhala.web.casework.home.work_of", fails)
    client.raise_request_exception = False
    sign_in(client, officer())
    answer = client.get("/today/")
    assert answer.status_code == 500
    assert b"secret" not in answer.content
