"""A grant that is ended and an account that is closed open nothing at the very next request (R-05).

Each try, an officer with an open session, a token and a device reads a case. Then the grant is
ended, and the next request of each finds the case absent. Then the account is closed, and the
next request of each is not signed in. Then two administrators of two agencies open the account
again: the old session, token and device stay ended.

    python -m benchmarks.revoked --tries 200 --seed 1
    python -m benchmarks.revoked --mutants
"""

import base64
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType
from unittest.mock import patch

from benchmarks import rows
from benchmarks.scratch import admin, scratch

PROOF = "R-05"
AGAIN = "once the account is open again"
PAGE, API, PHONE = "/cases/{}/", "/api/v1/cases/{}", "/f/formList"


def main(argv: list[str] | None = None) -> int:
    """Try on a database of its own, or show that each mutant goes red."""
    given = rows.options(argv, says=__doc__, full=200, quick=10)
    with scratch():
        if given.mutants:
            return mutants()
        wrong = tried(given.tries)
    again = wrong.pop(AGAIN, 0)
    worst = rows.tell(
        PROOF, target=f"0 of {given.tries} still open at the next request",
        measured=", ".join(f"{what} {n}" for what, n in sorted(wrong.items())) or "0 still open",
        passed=not wrong, seed=given.seed,
    )  # fmt: skip
    return worst | rows.tell(
        f"{PROOF}-AGAIN", target=f"0 of {given.tries} open again with the account",
        measured=f"{again} open again", passed=not again, seed=given.seed,
    )  # fmt: skip


def tried(tries: int) -> Counter[str]:
    """Try so many times; return what was still open, or was not open before, and how often."""
    wrong = Counter[str]()
    for _ in range(tries):
        _one(wrong)
    return +wrong


class Ways:
    """An officer with three ways in, and a case that is open to them."""

    def __init__(self) -> None:
        """Make the officer, the session, the token and the device."""
        from django.test import Client
        from django.utils import timezone

        from mekhala.safeguards.access import devices
        from mekhala.safeguards.access.acting import acting_for
        from tests.builders import case, officer
        from tests.builders_agreements import new_token

        now = timezone.now()
        self.who = officer()
        # each from an address of its own: phones that are refused are slowed by address
        address = f"10.1.{self.who.pk // 250 % 250}.{self.who.pk % 250 + 1}"
        self.session, self.program = (Client(REMOTE_ADDR=address) for _door in range(2))
        with acting_for(self.who.pk):
            self.number = case(self.who).number
        self.session.force_login(self.who)
        token = new_token(self.who, "a program", at=now)
        self.bearer = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
        device, password = devices.issue(self.who, "a phone", at=now)
        pair = base64.b64encode(f"{device.username}:{password}".encode()).decode()
        self.phone = {"HTTP_AUTHORIZATION": f"Basic {pair}"}

    def statuses(self) -> tuple[int, int, int]:
        """Return what the session's page, the program and the phone are answered now."""
        return (
            self.session.get(PAGE.format(self.number)).status_code,
            self.program.get(API.format(self.number), **self.bearer).status_code,
            self.program.get(PHONE, **self.phone).status_code,
        )


OPEN, ENDED, OUT = (200, 200, 200), (404, 404, 200), (302, 401, 401)


def _one(wrong: Counter[str]) -> None:
    from django.utils import timezone

    from mekhala.safeguards.access import accounts, services
    from mekhala.safeguards.access.acting import acting_for
    from tests.builders_foureyes import signed, two_administrators

    ways, (office, second) = Ways(), two_administrators()
    wrong["not open before"] += ways.statuses() != OPEN
    with acting_for(ways.who.pk):
        services.close_to(ways.who, ways.number, by=ways.who, at=timezone.now())
    wrong["an ended grant"] += ways.statuses() != ENDED
    with acting_for(office.pk):
        accounts.close_account(ways.who, by=office, at=timezone.now())
    wrong["a closed account"] += ways.statuses() != OUT
    with acting_for(office.pk):
        signed(office, second, "account.reopen", subject=ways.who.username)
    wrong[AGAIN] += ways.statuses() != OUT


def mutants() -> int:
    """Let grants live on; let closed accounts in; leave their sessions."""
    worst, guarded = 0, not set(tried(2)) - {AGAIN}  # green before the guard is taken out
    for name, guards in MUTANTS.items():
        with ExitStack() as out:
            for guard in guards:
                out.enter_context(guard())
            wrong = tried(2)
        print(f"{name}: {dict(wrong)}", file=sys.stderr)
        worst |= rows.tell_mutant(PROOF, name, red=guarded and bool(set(wrong) - {AGAIN}))
    return worst


@contextmanager
def _ended_on_paper() -> Iterator[None]:
    """Let the act that ends a grant end nothing."""
    from mekhala.safeguards.access import services

    with patch.object(services, "close_to", lambda *_who, **_when: None):
        yield


@contextmanager
def _end_unread() -> Iterator[None]:
    """Let row security not look at the end of a grant, and views read the clock at sign-in."""
    from mekhala.web.casework.cases import frame
    from mekhala.web.exchange import encounter

    before = _clock_that_stands()
    with (
        _policy_without_end("encounter_case"),
        patch.object(frame, "timezone", before),
        patch.object(encounter, "timezone", before),
    ):
        yield


def _clock_that_stands() -> ModuleType:
    from django.utils import timezone

    began, clock = timezone.now(), ModuleType("clock")
    clock.__dict__.update(vars(timezone))
    clock.now = lambda: began  # type: ignore[attr-defined]
    return clock


_RULE = """
select pg_get_expr(polqual, polrelid) from pg_policy
where polname = 'by_grant' and polrelid = %s::regclass
"""


@contextmanager
def _policy_without_end(table: str) -> Iterator[None]:
    with admin() as link:
        ((kept,),) = link.execute(_RULE, [table]).fetchall()
        without = kept.replace("(g.until > now())", "true")
        assert without != kept, kept
        for words in (without, kept):
            link.execute(f"alter policy by_grant on {table} using ({words})")
            if words is without:
                yield


@contextmanager
def _closed_let_in() -> Iterator[None]:
    """Let a session of a closed account in."""
    from django.contrib.auth.backends import ModelBackend

    with patch.object(ModelBackend, "user_can_authenticate", lambda _backend, _user: True):
        yield


MUTANTS = {
    "the end of a grant is written nowhere": [_ended_on_paper],
    "row security does not look at the end of a grant, and views read an old clock": [_end_unread],
    "a session does not ask whether its account is open": [_closed_let_in],
}

if __name__ == "__main__":
    sys.exit(main())
