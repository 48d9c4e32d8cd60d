"""Acts: a session begins, is seen, moves to another key, and ends; tries are counted."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from mekhala.safeguards import prepared
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.signing import limits
from mekhala.safeguards.signing.devices import class_of, told_of
from mekhala.safeguards.signing.models import Ended, InventedCountry, SignIn
from mekhala.safeguards.signing.sealed_sessions import SessionStore, digest_of, forget


@transaction.atomic
def begin(*, by: Officer, key: str, user_agent: str, at: datetime, factors: str = "") -> SignIn:
    """Keep that a session began; an older one on the same kind of device ends.

    ``key`` is the session's, ``factors`` the codes of what was shown, for the log.
    """
    Officer.objects.select_for_update(of=("self",)).get(
        pk=by.pk
    )  # two at once: one after the other
    kind = class_of(user_agent)
    _tidy(at)
    _end(SignIn.objects.filter(officer=by, device_class=kind), Ended.ELSEWHERE, at=at)
    begun = SignIn.objects.create(
        officer=by, session=digest_of(key), device_class=kind, device=told_of(user_agent),
        began_at=at, seen_at=at,
    )  # fmt: skip
    audit.record("signing.began", subject=by.username, by=by, at=at, device=kind.value,
                 factors=factors)  # fmt: skip
    return begun


def note_seen(key: str, *, at: datetime) -> None:
    """Keep when something was last done in a session."""
    SignIn.objects.filter(session=digest_of(key), ended_at=None).update(seen_at=at)


def move(old: str, new: str) -> None:
    """Follow a session whose key was changed, as it is when a password is."""
    SignIn.objects.filter(session=digest_of(old), ended_at=None).update(session=digest_of(new))


@transaction.atomic
def end(key: str, because: Ended, *, at: datetime) -> None:
    """End the session of ``key``; it is kept why, for when its browser asks again."""
    _end(SignIn.objects.filter(session=digest_of(key)), because, at=at)
    forget([digest_of(key)])


@transaction.atomic
def end_own(sign_in: SignIn, *, by: Officer, at: datetime) -> None:
    """End one of the officer's own sessions from the page of sign-ins."""
    _end(SignIn.objects.filter(pk=sign_in.pk, officer=by), Ended.BY_OFFICER, at=at)
    audit.record("signing.ended", subject=by.username, by=by, at=at, because="by_officer")


@transaction.atomic
def end_all_of(officer: Officer, *, because: Ended, at: datetime) -> None:
    """End every session of an officer, as when an account is recovered."""
    _end(SignIn.objects.filter(officer=officer), because, at=at)


def mark_invented(*, at: datetime) -> None:
    """Mark this database as one in which everybody is invented. Only its owner can."""
    if not InventedCountry.objects.exists():
        InventedCountry.objects.create(since=at)


_COUNT = """
insert into signing_tried as t (key, ends_at, times) values (%s, %s, 1)
on conflict (key) do update set
  times = case when t.ends_at <= %s then 1 else t.times + 1 end,
  ends_at = case when t.ends_at <= %s then excluded.ends_at else t.ends_at end
returning times, ends_at
"""
# A place for each key: a list of unknown length would be planned anew each time.
_FULL = "select max(ends_at) from signing_tried where ends_at > %s and times >= %s and key in"


def count(kind: str, what: str, *, most: int, seconds: int, at: datetime) -> int:
    """Count one try; return 0 while there were at most ``most`` in ``seconds``, else the wait (s).

    ``what`` is kept as a keyed digest only. Outside a transaction the counting waits for nobody.
    """
    ends = at + timedelta(seconds=seconds)
    [(times, until)] = prepared.execute(_COUNT, [_key(kind, what), ends, at, at])
    return 0 if times <= most else _seconds(until, at)


def wait_for(tried: Iterable[tuple[str, str]], *, most: int, at: datetime) -> int:
    """Return the seconds to wait where one of these was tried ``most`` times already, else 0.

    ``tried`` are pairs of a kind and what was tried, as they were counted.
    """
    keys = [_key(kind, what) for kind, what in tried]
    if not keys:
        return 0
    places = ", ".join(["%s"] * len(keys))
    [(until,)] = prepared.execute(f"{_FULL} ({places})", [at, most, *keys])
    return _seconds(until, at) if until else 0


def _seconds(until: datetime, at: datetime) -> int:
    return max(1, int((until - at).total_seconds()) + 1)


def _end(sign_ins: QuerySet[SignIn], because: Ended, *, at: datetime) -> None:
    live = list(sign_ins.filter(ended_at=None).values_list("pk", "session"))
    if live:
        SignIn.objects.filter(pk__in=[pk for pk, _ in live]).update(ended_at=at, because=because)
        forget([session for _, session in live])


def _tidy(at: datetime) -> None:
    """End what nobody came back to, and forget sessions and counts that are over."""
    _end(SignIn.objects.filter(seen_at__lt=at - timedelta(seconds=limits.IDLE + 60)), Ended.IDLE,
         at=at)  # fmt: skip
    SessionStore.get_model_class().objects.filter(expire_date__lt=at).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from signing_tried where key in (select key from signing_tried"
            " where ends_at < %s limit 1000 for update skip locked)", [at],
        )  # fmt: skip


def key_of(kind: str, what: str) -> str:
    """Return under which digest tries are counted, for a function that counts with its rows."""
    return _key(kind, what)


def _key(kind: str, what: str) -> str:
    return salted_hmac(f"mekhala.signing.{kind}", what, algorithm="sha256").hexdigest()
