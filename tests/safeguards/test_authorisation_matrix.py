"""Every address × every role × a file that is open, closed or absent (R-01, R-12).

An address that is not in these tables fails the test: whoever adds a page says here who opens it.
"""

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from mekhala.safeguards.access.purposes import Role
from mekhala.web.exchange.api import api
from tests.builders_guard import SECRET, everything

F, A, R, P, J = (
    Role.FIRST_RESPONDER, Role.AUTHORITY, Role.REGISTRAR, Role.PROVIDER, Role.JUSTICE,
)  # fmt: skip
S, O = Role.STATISTICIAN, Role.ADMINISTRATOR  # noqa: E741 - O for the office
EVERYBODY = set(Role)
HELPERS = {F, A, R, P}
ABSENT = "MK-0000-0000"

NO_SIGN_IN = {
    "healthz",
    "sign-in/",
    "admission/",
    "language/setlang/",
}  # and the front of each door
OWN_ACCOUNT = re.compile(r"account/|sign-out/")
PHONES = {"f/formList", "f/forms/<int:pk>.xml", "f/submission"}
CASE = {  # the roles to which a page of a case is there, each under its own purpose
    "": HELPERS,
    "history/": HELPERS,
    "looks/": {A, R, P},
    "looks/print/": {A, R, P},
    "reveal/": HELPERS,
    "consent/": HELPERS,
    "emergency/": set(),  # while one's own opening lives: test_emergencies
    "emergency/name/": set(),
    "encounters/new/": {F, R},
    "screening/": {F, A, R},
    "screening/new/": {F, R},
    "screening/aid/": {F, R},
    "facts/": {A},
    "facts/new/": {A},
    "facts/ask/": {A},
    "facts/asked/<int:request_id>/take-back/": {A},
    "sources/new/": {A},
    "sources/<int:source_id>/": {A},
    "sources/<int:source_id>/facts/": {A},
    "returned/<int:request_id>/": set(),  # to whom it is returned, until it is answered
    "matrix/": {A},
    "decision/": {A},
    "tie/": {A},
    "clock/": {A},
    "reconsideration/": set(),  # for a negative decision that stands; here it is a positive one
    "reasons/": {A, R},
    "letters/": {A, R},
    "letters/new/": {A},
    "letters/<int:letter_id>/": {A, R},
    "letters/<int:letter_id>/letter.pdf": {A, R},
    "letters/<int:letter_id>/approve/": {A},
    "letters/<int:letter_id>/hand-over/": {A, R},
    "letters/<int:letter_id>/withdraw/": {A},
    "safe-contact/": HELPERS,
    "registration/": {A, R},
    "registration/certificate/": {R},
    "registration/withdraw/": {R},
    "match/": HELPERS,
    "match/unmet/": HELPERS,
    "match/<int:service_id>/": HELPERS,
    "referrals/": HELPERS,
    "referrals/<int:referral_id>/end/": HELPERS,
    "plan/": {R, P},
    "plan/task/": {R, P},
    "plan/task/<int:task_id>/": {R, P},
    "holds/": {A, R},
    "close/": {F, R},
    "erase/": {A, R},
    "follow-up/": {R, P},
    "follow-up/<int:follow_up_id>/": {R, P},
}
POSTED = {
    "letters/<int:letter_id>/approve/", "letters/<int:letter_id>/hand-over/", "reveal/",
    "emergency/name/",
    "screening/aid/", "match/unmet/", "facts/asked/<int:request_id>/take-back/",
}  # fmt: skip
JUSTICE = {  # every page of a proceeding; to be posted to: reveal
    "proceedings/<slug:number>/": "proceeding",
    "proceedings/<slug:number>/accused/new/": "proceeding",
    "proceedings/<slug:number>/assign/": "proceeding",
    "proceedings/<slug:number>/holds/": "proceeding",
    "accused/<slug:number>/steps/new/": "accused",
    "accused/<slug:number>/charges/new/": "accused",
    "accused/<slug:number>/charges/<int:pk>/withdraw/": "accused",
    "accused/<slug:number>/reveal/": "accused",
}
OWNED = {  # kept under an id and open to one agency or role: the id, and to which roles
    "our/services/<int:service_id>/places/": ("service_id", {P}),
    "referrals/in/<int:referral_id>/": ("referral_id", {P}),
    "referrals/in/<int:referral_id>/accept/": ("referral_id", {P}),
    "submissions/<int:pk>/": ("submission", HELPERS),
    "submissions/<int:pk>/files/<int:file_pk>/": ("submission", HELPERS),
}
PLAIN = {  # no file in the address: the roles to which it is there
    "": EVERYBODY,
    "today/": EVERYBODY,
    "alarms/": {A, O},
    "alarms/<int:lock_id>/": {A, O},
    "emergencies/": {A, O},
    "emergencies/<int:opening_id>/": {A, O},
    "emergencies/new/": HELPERS,
    "notices/": EVERYBODY,
    "notices/<int:notice_id>/seen/": set(),  # posted, about a notice of one's own
    "to-read/": {A},
    "to-read/<slug:which>/": {A},
    "reconsiderations/": {A},
    "cases/": EVERYBODY,
    "cases/find/": EVERYBODY,
    "cases/find/person/": HELPERS,
    "cases/export/": {A, R},
    "cases/export/<int:signature_id>/": set(),  # who asked, once it was agreed
    "encounters/new/": EVERYBODY,
    "services/": EVERYBODY,
    "our/services/": {P},
    "referrals/in/": {P},
    "proceedings/": {J},
    "proceedings/new/": {J},
    "forms/": EVERYBODY,
    "forms/upload/": EVERYBODY,
    "forms/versions/<int:pk>.xml": EVERYBODY,
    "forms/<path:form_id>/fill/": HELPERS,
    "forms/<path:form_id>/": EVERYBODY,
    "submissions/": HELPERS,
    "linkage/": {S},
    "linkage/lists/": {S},
    "linkage/join/": {S},
    "linkage/register/": {S},
    "linkage/overlaps/<int:pk>.csv": {S},
    "estimates/": {S},
    "estimates/new/": {S},
    "estimates/<int:pk>/": {S},
    "claims/": EVERYBODY,
    "claims/upload/": {S},
    "claims/<path:claim_id>/": EVERYBODY,
    "figures/": EVERYBODY,
    "releases/": {S},
    "releases/new/": {S},
    "releases/<slug:slug>/": {S},
    "office/officers/": {O},
    "office/officers/new/": {O},
    "office/retention/": {O},
    "office/officers/<int:pk>/": {O},
    "office/officers/<int:pk>/move/": {O},
    "office/officers/<int:pk>/keys/": {O},
    "second-signatures/": EVERYBODY,
    "second-signatures/ask/": {O},
    "second-signatures/<int:signature_id>/": set(),  # who asked, and who may answer
    "second-signatures/<int:signature_id>/take-back/": set(),
    "second-signatures/<int:signature_id>/half/": set(),
    "quality/": {A, S},
    "quality/<slug:period>/": {A, S},
    "quality/<slug:period>.csv": {A, S},
    "law/": EVERYBODY,
    "law/<slug:statute>/": EVERYBODY,
    "law/<slug:statute>/<slug:article>/": EVERYBODY,
}


API = re.compile(r"\^?api/")  # its operations have a table of their own


@pytest.fixture(scope="module")
def door():
    """Return every address of the casework door."""
    return sorted(set(_walk(get_resolver())))


def _walk(resolver, before=""):
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _walk(pattern, route)
        else:
            yield route


def test_every_address_is_in_a_table(door):
    known = {f"cases/<str:number>/{rest}" for rest in CASE} | JUSTICE.keys() | OWNED.keys()
    known |= PLAIN.keys() | NO_SIGN_IN | PHONES
    served = {r for r in door if not API.match(r) and not OWN_ACCOUNT.match(r)}
    assert served == known


def test_nobody_comes_in_without_signing_in(db, client, door):
    for route in door:
        if API.match(route) or route in NO_SIGN_IN | PHONES:
            continue
        answer = client.get("/" + _filled(route, "MK-X", {}))
        assert answer.status_code in (302, 405) or route.endswith("webauthn/login/"), route
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/sign-in/"), route


def _filled(route, number, ids):
    route = re.sub(r"<(?:str|slug):number>", number, route)
    return re.sub(r"<\w+:(\w+)>", lambda m: str(ids.get(m[1], 1)), route)


def _clients(officers):
    clients = {}
    for role, who in officers.items():
        clients[role] = Client()
        clients[role].force_login(who)
    return clients


def _said(answer, *numbers):
    """Return status and body with what differs each time taken out."""
    body = answer.content.decode(errors="replace")
    for varies in (r'name="csrfmiddlewaretoken" value="[^"]+"', r'nonce="[^"]+"'):
        body = re.sub(varies, "", body)
    reference = answer.context["page_reference"] if answer.context else ""
    for word in (*numbers, str(reference)):
        body = body.replace(word, "…") if word else body
    return answer.status_code, body


def test_a_case_is_there_for_each_role_under_its_own_purpose_and_for_no_other(db):
    full = everything()
    wrong = []
    for role, client in _clients(full.inside | {S: full.outside[S], O: full.outside[O]}).items():
        for rest, roles in CASE.items():
            address = "/" + _filled(f"cases/<str:number>/{rest}", full.number, full.ids)
            answer = client.post(address) if rest in POSTED else client.get(address)
            there = answer.status_code in (200, 302)
            if there != (role in roles) or answer.status_code not in (200, 302, 404):
                wrong.append((role.value, rest, answer.status_code))
            if rest != "reveal/" and SECRET in answer.content.decode(errors="replace"):
                wrong.append((role.value, rest, "shows the name"))
    assert not wrong


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_closed_case_and_an_absent_one_are_told_alike(db, verb):
    full = everything()
    for role, client in _clients(full.outside).items():
        for rest in CASE:
            route = f"cases/<str:number>/{rest}"
            closed, absent = (
                getattr(client, verb)("/" + _filled(route, number, full.ids))
                for number in (full.number, ABSENT)
            )
            assert _said(closed, full.number) == _said(absent, ABSENT), (role, rest)
            assert closed.status_code in (404, 405), (role, rest)


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_closed_proceeding_and_an_absent_one_are_told_alike(db, verb):
    full = everything()
    ids = full.ids | {"pk": full.ids["charge"]}
    for role, client in _clients(full.outside | {F: full.inside[F]}).items():
        for route, kind in JUSTICE.items():
            number = full.ids[kind]
            closed, absent = (
                getattr(client, verb)("/" + _filled(route, n, ids)) for n in (number, ABSENT)
            )
            assert _said(closed, number) == _said(absent, ABSENT), (role, route)
            assert closed.status_code == (405 if "reveal" in route and verb == "get" else 404)
    (mine,) = _clients({J: full.inside[J]}).values()
    for route, kind in JUSTICE.items():
        address = "/" + _filled(route, full.ids[kind], ids)
        answer = mine.post(address) if "reveal" in route else mine.get(address)
        assert answer.status_code == 200, route


@pytest.mark.parametrize("verb", ["get", "post"])
def test_what_another_agency_keeps_is_told_like_what_is_absent(db, verb):
    full = everything()
    for role, client in _clients(full.outside).items():
        for route, (kind, _roles) in OWNED.items():
            key = re.search(r"<int:(\w+)>", route)[1]
            at, nowhere = (
                "/" + _filled(route, "", {key: pk}) for pk in (full.ids[kind], 9_999_999)
            )
            closed, absent = getattr(client, verb)(at), getattr(client, verb)(nowhere)
            assert _said(closed, at) == _said(absent, nowhere), (role, route)
            assert closed.status_code in (404, 405), (role, route)


def test_pages_without_a_file_are_there_for_their_roles_only(db):
    full = everything()
    ids = {"form_id": "invented", "pk": full.outside[O].pk, "claim_id": "none", "slug": "none"}
    wrong = []
    for role, client in _clients(full.outside).items():
        for route, roles in PLAIN.items():
            answer = client.get("/" + _filled(route, "", ids))
            if role not in roles and answer.status_code not in (403, 404, 405):
                wrong.append((role.value, route, answer.status_code))
            # an address with an id may be absent for its own role too
            if role in roles and "<" not in route and answer.status_code not in (200, 302, 405):
                wrong.append((role.value, route, answer.status_code))
    assert not wrong


AT = "2026-03-09T03:00:00Z"
FILE_OPERATIONS = {  # what of a file each operation of the API works on, and a body that fits
    "get /cases/{number}": None,
    "post /cases/{number}/consents": {
        "recipient": "here", "purpose": "support", "data_class": "needs", "answer": "given",
    },
    "get /cases/{number}/consents": None,
    "post /cases/{number}/close": {"because": "died"},
    "post /cases/{number}/reopen": {},
    "post /cases/{number}/screenings": {"answers": {}, "outcome": "refer"},
    "get /cases/{number}/files": None,
    "post /cases/{number}/sources": {"kind": "person", "manner": "statement"},
    "post /cases/{number}/findings": {
        "code": "act.recruitment", "made_out": True, "source": 1, "because": "Said.",
    },
    "get /cases/{number}/requests": None,
    "post /cases/{number}/requests": {
        "code": "act.recruitment", "question": "Who?", "asked_of": "authority",
    },
    "post /cases/{number}/requests/{request_id}/take-back": {},
    "post /requests/{request_id}/answer": {"made_out": True, "because": "Said."},
    "get /cases/{number}/assessment": None,
    "post /cases/{number}/readings": {
        "answer": "ActualVictimOfTrafficking", "reasons": "Said.", "grounds": ["other"],
        "no_tie": True,
    },
    "get /cases/{number}/decision": None,
    "get /cases/{number}/clock": None,
    "post /cases/{number}/clock/pause": {"reason": "health", "because": "Ill."},
    "post /cases/{number}/clock/go-on": {"because": "Well."},
    "post /cases/{number}/clock/extend": {
        "due_on": "2027-01-01", "reason": "health", "because": "Ill.",
    },
    "post /cases/{number}/clock/end-minimum": {"because": "She asked."},
    "post /cases/{number}/reconsiderations": {"grounds": ["guidance"], "because": "Said."},
    "post /cases/{number}/registration": {},
    "get /cases/{number}/registration": None,
    "post /cases/{number}/registration/withdrawal": {"because": "An error."},
    "get /cases/{number}/registration/certificate": None,
    "post /cases/{number}/referrals": {"service_id": 1, "agrees": True},
    "get /cases/{number}/referrals": None,
    "post /cases/{number}/plan": {"goals": "To rest", "agreed_on": "2026-03-09", "tasks": []},
    "get /cases/{number}/plan": None,
    "post /cases/{number}/plan/tasks": {"need": "shelter", "what": "x", "due_on": "2026-03-09"},
    "post /cases/{number}/follow-ups": {},
    "get /proceedings/{number}": None,
    "post /proceedings/{number}/accused": {"sex": "male", "age": 30},
    "post /accused/{number}/steps": {"stage": "suspect", "on": "2026-03-09"},
    "post /accused/{number}/charges": {
        "statute": "KH-LSHTSE-2008", "article": "12", "in_force_from": "2008-02-15",
        "conduct_from": "2023-06", "charged_on": "2026-03-09",
    },
    "post /accused/{number}/charges/{charge_id}/withdrawal": {"on": "2026-03-09"},
    "post /referrals/{referral_id}/accept": {},
    "post /referrals/{referral_id}/decline": {"reason": "full"},
    "post /referrals/{referral_id}/end": {},
    "post /plan-tasks/{task_id}/done": {"on": "2026-03-09"},
    "post /follow-ups/{follow_up_id}": {"outcome": "well", "on": "2026-03-09"},
    "get /submissions/{instance_id}": None,
}  # fmt: skip
OTHER_OPERATIONS = {  # the roles that are answered; nothing is sent, so a body may be missed (422)
    "post /cases": {F, R},
    "get /cases": EVERYBODY,
    "get /requests": EVERYBODY,
    "post /screen": EVERYBODY,
    "post /assess": EVERYBODY,
    "get /services": EVERYBODY,
    "post /services/suitable": EVERYBODY,
    "post /services/{service_id}/places": {P},
    "get /referrals/in": EVERYBODY,
    "post /unmet-needs": HELPERS,
    "get /proceedings": EVERYBODY,
    "post /proceedings": {J},
    "post /forms": {A, O},
    "get /forms": EVERYBODY,
    "get /forms/{form_id}/versions": EVERYBODY,
    "post /submissions": HELPERS,
    "get /linkage/lists": {S},
    "post /linkage/lists": {S},
    "post /linkage/overlaps": {S},
    "get /linkage/overlaps/latest": {S},
    "get /estimates": {S},
    "post /estimates": {S},
    "get /estimates/{run_id}": {S},
    "get /claims": EVERYBODY,
    "post /claims": {S},
    "get /claims/{claim_id}": EVERYBODY,
    "get /figures": EVERYBODY,
    "get /figures/{slug}": EVERYBODY,
    "get /agencies": EVERYBODY,
    "get /officers": {O},
    "get /quality": {A, S},
}


def _operations():
    for path, verbs in api.get_openapi_schema()["paths"].items():
        for verb in verbs:
            yield f"{verb} {path.removeprefix('/api/v1')}"


def _ask(client, operation, ids, body=None):
    verb, path = operation.split(" ", 1)
    address = "/api/v1" + re.sub(r"{(\w+)}", lambda m: str(ids.get(m[1], 1)), path)
    if verb == "get":
        return client.get(address)
    return client.post(address, body or {}, content_type="application/json")


def test_every_operation_of_the_api_is_in_a_table_and_refuses_whoever_is_not_signed_in(db, client):
    assert set(_operations()) == FILE_OPERATIONS.keys() | OTHER_OPERATIONS.keys()
    for operation in _operations():
        assert _ask(client, operation, {"number": ABSENT}).status_code == 401, operation


def test_the_api_tells_a_closed_file_like_an_absent_one(db):
    full = everything()
    ids = full.ids | {"charge_id": full.ids["charge"]}
    for role, client in _clients(full.outside).items():
        for operation, body in FILE_OPERATIONS.items():
            kind = next(
                (k for k in ("proceeding", "accused") if f"/{k}" in operation.split("{")[0]), None
            )
            number = full.ids[kind] if kind else full.number
            closed = _ask(client, operation, ids | {"number": number}, body)
            none = {"number": ABSENT} if "{number}" in operation else dict.fromkeys(ids, 9_999_999)
            absent = _ask(client, operation, ids | none, body)
            told = closed.status_code, closed.content
            assert told == (absent.status_code, absent.content), (role, operation)
            assert closed.status_code in (404, 422), (role, operation)
            assert b"fields" not in closed.content, (operation, closed.content)


def test_the_api_answers_only_the_roles_an_operation_is_for(db):
    full = everything()
    for role, client in _clients(full.outside).items():
        for operation, roles in OTHER_OPERATIONS.items():
            answer = _ask(client, operation, {"service_id": full.ids["service_id"]})
            if role not in roles:
                assert answer.status_code in (403, 404, 422), (role, operation)
            elif operation.startswith("get") and "{" not in operation:
                assert answer.status_code in (200, 404), (role, operation, answer.content)
