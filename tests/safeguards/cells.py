"""The authorisation matrix: read from ``matrix/*.csv``, tried cell by cell, and judged (TP-A).

A row is an address and what may be done there; a column is a role; a cell holds a word of
``patterns.csv``, which says what is to be expected for each relation between officer and file:

    own        opened, filed or kept by this very officer or its agency
    granted    a live grant for the purpose of the role
    other      the same role at another agency, nothing open
    ended      a grant that has ended
    withdrawn  granted, and the person has since withdrawn her or his consent
    sealed     granted, and the key service is down
    shredded   granted, and the name was erased

and expected is one of: ``allow``; ``absent`` (told as what does not exist); ``refused`` (told in
words); ``no`` (absent or refused); ``either`` (allowed, or absent because nothing stands there);
``-`` (there is no such thing). The tables were written from
docs/architecture.md and the roles in law, not from the code, and are reviewed by reading them.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings

from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.identity.errors import NameNotShown, WordsNotOpened
from tests import builders_claims as claims
from tests.builders import NOW, officer, open_to
from tests.builders_forms import survey
from tests.builders_guard import BIRTH_DATE, NATIONAL_ID, PURPOSE_OF, SECRET, everything

FOLDER = Path(__file__).with_name("matrix")
ROLES = dict(zip("FARPJSO", Role, strict=True))
RELATIONS = ("own", "granted", "other", "ended", "withdrawn", "sealed", "shredded")
ANSWERS = {  # to be expected → what may be found; a body that was not understood is let in
    "allow": {"allow", "unread"}, "absent": {"absent"}, "refused": {"refused"},
    "no": {"absent", "refused"}, "either": {"allow", "absent"}, "-": set(),
}  # fmt: skip
PURPOSES = PURPOSE_OF | {Role.JUSTICE: Purpose.JUSTICE}
ABSENT = "MK-0000-0000"
NO_UUID = "00000000-0000-4000-8000-000000000000"
PLAIN = {
    "name": "none.csv", "form_id": "invented", "claim_id": "C-1", "slug": "none", "period": "2026",
    "year": "2026",
    "statute": "KH-LSHTSE-2008", "article": "12", "judgement": NO_UUID, "question": NO_UUID,
}  # fmt: skip


class Row(NamedTuple):
    """One address or operation, and the word of each role."""

    table: str
    door: str
    action: str
    address: str
    words: dict[Role, str]
    body: str


class Cell(NamedTuple):
    """What one role in one relation is to be told at one address."""

    row: Row
    role: Role
    relation: str
    expected: str


@cache
def patterns() -> dict[str, dict[str, str]]:
    """Return what each word means, relation by relation."""
    found = {line["word"]: line for line in _lines("patterns")}
    for word, line in found.items():
        wrong = {line[relation] for relation in RELATIONS} - ANSWERS.keys()
        assert not wrong, f"patterns.csv: {word}: {wrong} is none of {[*ANSWERS]}"
    return found


@cache
def table(name: str) -> tuple[Row, ...]:
    """Return the rows of one table; every cell of it holds a word that is known."""
    rows = []
    for line in _lines(name):
        words = {role: line[letter] for letter, role in ROLES.items()}
        unknown = set(words.values()) - patterns().keys()
        assert not unknown, f"{name}.csv: {line['address']}: no pattern is called {unknown}"
        body = line.get("body") or ""
        rows.append(Row(name, line["door"], line["action"], line["address"], words, body))
    twice = [a for a, n in Counter((r.address, r.action) for r in rows).items() if n > 1]
    assert not twice, f"{name}.csv: twice: {twice}"
    return tuple(rows)


def _lines(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TABLES = ("cases", "proceedings", "kept", "pages", "operations", "finds")


def let_in(row: Row) -> set[Role]:
    """Return the roles for which a row is there at all."""
    return {role for role, word in row.words.items() if word not in ("never", "barred", "no")}


def addresses(*tables: str) -> set[str]:
    """Return every address of these tables."""
    return {row.address for name in tables for row in table(name)}


def cells(relation: str) -> Iterator[Cell]:
    """Yield each cell of one relation that says something."""
    for name in TABLES:
        for row in table(name):
            for role, word in row.words.items():
                expected = patterns()[word][relation]
                if expected != "-":
                    yield Cell(row, role, relation, expected)


@dataclass
class Stage:
    """A case and a proceeding with everything in them, and the officers of one relation."""

    relation: str
    full: Any
    case: dict[Role, Client] = field(default_factory=dict)
    proceeding: dict[Role, Client] = field(default_factory=dict)
    kept: dict[Role, Client] = field(default_factory=dict)
    officers: dict[Role, Any] = field(default_factory=dict)  # made for this relation

    def client(self, cell: Cell) -> Client | None:
        """Return who asks; None where this relation is not possible for the role."""
        if _is_of_proceeding(cell.row):
            return self.proceeding.get(cell.role)
        is_kept = cell.row.words[cell.role] == "kept"
        return (self.kept if is_kept else self.case).get(cell.role)


def _is_of_proceeding(row: Row) -> bool:
    return (
        row.table == "proceedings"
        or any(mark in row.address for mark in ("/accused", "/proceedings/{"))
        or (row.table == "finds" and "proceedings" in row.address)
    )


@contextmanager
def stage(relation: str, full: Any = None) -> Iterator[Stage]:
    """Set one relation up, with ``full`` where it stands already.

    The key service is away meanwhile if it is ``sealed``.
    """
    full = full or everything()
    made = Stage(relation, replace(full, ids=dict(full.ids)))
    _send_a_form(made.full)
    _SET_UP[relation](made)
    away = {"KEYS_SOCKET": "/nonexistent/keys"} if relation == "sealed" else {}
    with override_settings(**away):
        yield made


def _send_a_form(full: Any) -> None:
    """Put the form that was sent in, with a file, to the case; and have a published claim."""
    from mekhala.forms import services as forms
    from mekhala.forms.models import Submission
    from mekhala.intake.models import Taken
    from mekhala.safeguards.access.acting import acting_for
    from mekhala.safeguards.consent.models import Guardian

    first = full.inside[Role.FIRST_RESPONDER]
    with acting_for(first.pk):
        sent = Submission.objects.get(pk=full.ids["submission"])
        kept = sent.attachments.create(name="a.txt", content_type="text/plain", content=b"x")
        forms.link_to_case(sent, case_number=full.number, by=first, at=NOW)
        Taken.objects.create(
            submission=sent, number=sent.number, state="waits", why="unanswered", taken_at=NOW
        )
        Guardian.objects.create(
            case_number=full.number, relation="none", recorded_at=NOW, recorded_by=first.pk
        )
    full.ids |= {"attachment": kept.pk, "form_version": sent.version_id}
    claims.loaded([claims.row("C-1")])


def _own(made: Stage) -> None:
    inside = made.full.inside
    made.case = clients({Role.FIRST_RESPONDER: inside[Role.FIRST_RESPONDER]})
    made.proceeding = clients({Role.JUSTICE: inside[Role.JUSTICE]})
    made.kept = clients({r: inside[r] for r in (Role.FIRST_RESPONDER, Role.PROVIDER)})


def _granted(made: Stage, *, days: int = 36500) -> None:
    """Open both files to officers who had no part in them."""
    for role, purpose in PURPOSES.items():
        who = officer(role)
        is_court = purpose == Purpose.JUSTICE
        number = made.full.ids["proceeding"] if is_court else made.full.number
        open_to(who, number, purpose, days=days)
        (made.proceeding if is_court else made.case).update(clients({role: who}))


def _other(made: Stage) -> None:
    made.case = made.proceeding = made.kept = clients(made.full.outside)


def _ended(made: Stage) -> None:
    _granted(made, days=10)


def _withdrawn(made: Stage) -> None:
    """Let a provider come in as providers do, with consent; then let the person withdraw it."""
    from mekhala.pathway.referral import services as referrals
    from mekhala.pathway.referral.models import Referral
    from mekhala.safeguards.access.acting import acting_for
    from mekhala.safeguards.consent.models import Answer
    from tests.builders_help import yes

    _granted(made)
    first = made.full.inside[Role.FIRST_RESPONDER]
    with acting_for(first.pk):
        asked = Referral.objects.get(pk=made.full.ids["referral_id"])
        house = asked.service
    helper = officer(Role.PROVIDER, at=house.agency)
    with acting_for(helper.pk):
        referrals.accept(asked, by=helper, at=NOW + timedelta(minutes=1))
    with acting_for(first.pk):
        later = NOW + timedelta(minutes=2)
        yes(asked.case, house, by=first, answer=Answer.WITHDRAWN, at=later)
    made.officers[Role.PROVIDER] = helper
    made.case |= clients(made.officers)


def _shredded(made: Stage) -> None:
    from mekhala.safeguards.access.acting import acting_for
    from mekhala.safeguards.identity import services as identities
    from tests.builders_reading_quota import as_owner

    _granted(made)
    as_owner("delete from holds_hold")  # under a hold nothing is erased
    for number, role in (
        (made.full.number, Role.FIRST_RESPONDER), (made.full.ids["accused"], Role.JUSTICE),
    ):  # fmt: skip
        by = made.full.inside[role]
        with acting_for(by.pk):
            identities.shred(number, by=by, at=NOW)


_SET_UP = {
    "own": _own, "granted": _granted, "other": _other, "ended": _ended, "withdrawn": _withdrawn,
    "sealed": _granted, "shredded": _shredded,
}  # fmt: skip


def clients(officers: dict[Role, Any]) -> dict[Role, Client]:
    """Return a signed-in client for each officer."""
    found = {role: Client() for role in officers}
    for role, client in found.items():
        client.force_login(officers[role])
    return found


def filled(route: str, number: str, ids: dict[str, Any]) -> str:
    """Return an address with its parts filled in; a part that is not in ``ids`` is 1."""
    route = re.sub(r"<(?:str|slug):number>", str(number), route)
    route = re.sub(r"<uuid:(\w+)>", lambda m: str(ids.get(m[1], NO_UUID)), route)
    return re.sub(r"<\w+:(\w+)>", lambda m: str(ids.get(m[1], 1)), route)


def said(answer: Any, *numbers: str) -> tuple[int, str]:
    """Return status and body with what differs each time taken out."""
    body = answer.content.decode(errors="replace")
    for varies in (r'name="csrfmiddlewaretoken" value="[^"]+"', r'nonce="[^"]+"'):
        body = re.sub(varies, "", body)
    body = re.sub(r"data-serial=.*?</p>", "", body, flags=re.DOTALL)
    reference = answer.context["page_reference"] if answer.context else ""
    for word in (*numbers, str(reference)):
        body = body.replace(word, "…") if word else body
    return answer.status_code, body


def ask(client: Client, row: Row, full: Any, /, **ids: Any) -> Any:
    """Do what ``row`` says, undo it, and return the answer; ``ids`` stand before those of all."""
    known = PLAIN | _ids(row, full) | ids
    if row.address.startswith(("get /", "post /")):
        verb, path = row.address.split(" ", 1)
        address = "/api/v1" + re.sub(r"{(\w+)}", lambda m: str(known.get(m[1], 1)), path)
    else:
        verb = "post" if row.action == "act" else "get"
        address = "/" + filled(row.address, known["number"], known)
    body = {"data": _sought(row, full)} if row.table == "finds" and verb == "post" else {}
    if verb == "post" and row.table == "operations":
        body = _body(row, known)
    with transaction.atomic():
        answer = getattr(client, verb)(address, **body)
        transaction.set_rollback(True)
    return answer


def _sought(row: Row, full: Any) -> dict[str, str]:
    """Return what is looked for: the number of the file, or two exact details of the person."""
    if row.address.endswith("person/"):
        return {"birth_date": BIRTH_DATE, "national_id": NATIONAL_ID}
    return {"number": full.number}


def asked_of_api(client: Client, row: Row, ids: dict[str, Any]) -> Any:
    """Send one operation of the API as it stands in its table; what it does is not undone."""
    verb, path = row.address.split(" ", 1)
    address = "/api/v1" + re.sub(r"{(\w+)}", lambda m: str(ids.get(m[1], 1)), path)
    return getattr(client, verb)(address, **(_body(row, ids) if verb == "post" else {}))


def _body(row: Row, ids: dict[str, Any]) -> dict[str, Any]:
    """Return what is sent: JSON with ``<id>`` filled in, or the invented form for ``@form``."""
    if row.body == "@form":
        return {"data": {"file": SimpleUploadedFile("invented.md", survey("2"))}}
    told = re.sub(r'"<(\w+)>"', lambda m: str(ids.get(m[1], 1)), row.body or "{}")
    return {"data": told, "content_type": "application/json"}


def _ids(row: Row, full: Any) -> dict[str, Any]:
    """Return what the parts of an address stand for."""
    ids = full.ids | {"number": full.number, "charge_id": full.ids["charge"]}
    if _is_of_proceeding(row):
        kind = "accused" if "accused/" in row.address.split("number")[0] else "proceeding"
        ids |= {"number": full.ids[kind], "pk": full.ids["charge"]}
        ids |= {"row": full.ids["row_of_proceeding"], "listed": full.ids["list"]}
    if row.address.startswith("submissions/"):
        ids |= {"pk": full.ids["submission"], "file_pk": full.ids["attachment"]}
    if row.table == "pages":
        outside = full.outside[Role.ADMINISTRATOR]
        ids |= PLAIN | {"pk": outside.pk, "code": outside.agency.code}
    if row.address.startswith("forms/versions/"):
        ids |= {"pk": full.ids["form_version"]}
    return ids


def judged(answer: Any) -> str:
    """Return what an answer was: ``allow``, ``absent``, ``refused`` or ``unread``."""
    body = answer.content.decode(errors="replace")
    if answer.status_code in (404, 405):
        return "absent"
    if answer.status_code == 422 and '"fields"' in body:
        return "unread"
    if answer.status_code in (401, 403) or any(words in body for words in _refusals()):
        return "refused"
    if answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/"):
        return "refused"
    assert answer.status_code < 500, (answer.status_code, body[:300])
    return "allow"


def _told_of(answer: Any, cell: Cell, made: Stage) -> str:
    """Return whether a search or a list tells of the file: ``allow``, else ``absent``."""
    if cell.row.address == "cases/find/":
        return "allow" if answer.status_code == 302 else "absent"
    number = made.full.ids["proceeding"] if _is_of_proceeding(cell.row) else made.full.number
    return "allow" if number in answer.content.decode() else "absent"


def _shows_the_name(answer: Any, cell: Cell) -> bool:
    """Return whether a page that is not for showing it has the planted name in it."""
    word = cell.row.words[cell.role]
    return not word.endswith("-name") and SECRET in answer.content.decode(errors="replace")


def _refusals() -> list[str]:
    """Return the words of refusals: for who one is, for what is sealed and cannot be opened."""
    from django.utils.html import escape

    said = [NotYourRole, *NameNotShown.__subclasses__(), WordsNotOpened,
            *WordsNotOpened.__subclasses__()]  # fmt: skip
    return [word for one in said for word in (str(one()), escape(str(one())))]


def is_as_expected(cell: Cell, found: str) -> bool:
    """Return whether the cell holds."""
    return found in ANSWERS[cell.expected]


class Verdict(NamedTuple):
    """What came of the cells of one relation."""

    tried: int
    allows: list[str]
    denials: list[str]


def tried(relation: str, full: Any = None) -> Verdict:
    """Try every cell of a relation; return how many, unexpected allows and unexpected denials."""
    count, allows, denials = 0, [], []
    with stage(relation, full) as made:
        for cell in cells(relation):
            client = made.client(cell)
            if client is None:
                continue
            count += 1
            answer = ask(client, cell.row, made.full)
            found = judged(answer) if cell.row.table != "finds" else _told_of(answer, cell, made)
            if _shows_the_name(answer, cell):
                allows.append(f"{cell.row.address}: {cell.role.value}, {relation}: shows the name")
            if not is_as_expected(cell, found):
                wrong = denials if cell.expected == "allow" else allows
                words = f"{cell.row.door} {cell.row.address}: {cell.role.value}, {relation}"
                wrong.append(f"{words}: {cell.expected} expected, {found} found")
    return Verdict(count, allows, denials)
