"""A body without an account: a link that ends, a code that goes another way, and paper for both.

Who has both is told the least set and answers once. The database looks at both digests, counts
wrong codes, and acts with its own rights, as nobody is signed in (``referral_by_link``).
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from mekhala.core.check_digit import ALPHABET
from mekhala.pathway.referral import policies
from mekhala.pathway.referral.errors import MoveNotAllowed
from mekhala.pathway.referral.models import Referral, ReferralLink, ReferralStatus
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit

CODE_LENGTH = 8  # 31^8 ≈ 9e11, of which five may be tried


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a link opens: how it stands, and the least set where it is open.

    ``state``: open, wrong (code), over (answered, ended, taken back, or tried too often), absent.
    """

    state: str
    service: str = ""
    need: str = ""
    sex: str = ""
    age_band: str = ""
    language: str = ""
    requirements: tuple[str, ...] = ()
    places: int = 0
    hold_until: datetime | None = None
    first_on: date | None = None
    last_on: date | None = None


@transaction.atomic
def make_link(referral: Referral, *, by: Officer, at: datetime) -> tuple[str, str]:
    """Return a link's random part and its code, to be handed over by two different ways.

    Neither is kept; a second link ends the first. Raises ``ActRefused`` for a body that has an
    account, or a request that was answered.
    """
    policies.check_may_ask(by, referral.case_id, now=at)
    policies.check_without_account(referral.service)
    if referral.status != ReferralStatus.ASKED:
        raise MoveNotAllowed
    token = secrets.token_urlsafe(32)
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    ReferralLink.objects.update_or_create(
        referral=referral,
        defaults={"link": _digest(token), "code": _digest(token, code), "wrong": 0,
                  "until": referral.hold_until, "opened_at": None},
    )  # fmt: skip
    audit.record("referral.link_made", subject=referral.case_id, by=by, at=at, referral=referral.pk)
    return token, code


def look(token: str, code: str) -> Told:
    """Return what the link tells to whom has its code. A wrong code is counted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from referral_by_link(%s, %s)", [_digest(token), _digest(token, code)]
        )
        (state, service, need, sex, band, language, requirements, places, until, first_on,
         last_on) = cursor.fetchone()  # fmt: skip
    return Told(
        state=state, service=service or "", need=need or "", sex=sex or "", age_band=band or "",
        language=language or "", requirements=tuple(requirements or ()), places=places or 0,
        hold_until=until, first_on=first_on, last_on=last_on,
    )  # fmt: skip


def is_known(token: str) -> bool:
    """Return whether such a link was ever made; nothing is counted."""
    with connection.cursor() as cursor:
        cursor.execute("select referral_link_is_known(%s)", [_digest(token)])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def answer(token: str, code: str, *, accepts: bool, reason: str = "", at: datetime) -> str:
    """Accept, or decline with a coded reason, once; return how it stands: accepted, declined,
    wrong, over, taken (the place is somebody else's), undecided (the ministry has not agreed, and
    the link goes on) or absent. Nobody is let into the case.
    """
    if not accepts:
        policies.check_reason(reason)
    with connection.cursor() as cursor:
        cursor.execute(
            "select state, referral, case_number from referral_answer_by_link(%s, %s, %s, %s)",
            [_digest(token), _digest(token, code), accepts, reason],
        )
        state, referral, number = cursor.fetchone()
    if referral is not None:
        audit.record(f"referral.{state}", subject=number, by=None, at=at, referral=referral,
                     by_link=True)  # fmt: skip
    return str(state)


def _digest(token: str, code: str = "") -> str:
    plain = "".join(code.upper().replace("-", "").split())
    return hashlib.sha256(f"{token}|{plain}".encode()).hexdigest()
