"""What the person agreed to, as it stands now. Nothing here changes anything."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db import connection
from django.db.models import QuerySet

from mekhala.core.consent import AnswerCode, Said, standing_yes
from mekhala.core.consent import Speaker as SpeakerCode
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.consent.models import (
    Answer,
    Consent,
    DataClass,
    Guardian,
    Speaker,
    Stop,
)

type Key = tuple[str, str, str]  # recipient, purpose, data class


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What was last said about one recipient, purpose and data class, and whether a yes stands."""

    own: Consent | None  # the person's newest answer
    beside: Consent | None  # for a child: the newest of guardian or appointed person
    stands: bool
    until: datetime | None

    @property
    def newest(self) -> Consent:
        """The person's own answer, or, where only somebody beside was asked, theirs."""
        found = self.own or self.beside
        assert found is not None
        return found


def standing(case_number: str) -> list[Consent]:
    """Return the newest answer of the person for each recipient, purpose and data class."""
    kept: dict[Key, Consent] = {}
    for one in newest_first(case_number):
        if one.said_by == Speaker.PERSON:
            kept.setdefault(_key(one), one)
    return [kept[key] for key in sorted(kept)]


def table(case_number: str, *, now: datetime) -> list[Standing]:
    """Return what stands for each recipient, purpose and data class ever asked; 1 or 2 queries."""
    found = newest_first(case_number)
    by_key: dict[Key, list[Consent]] = defaultdict(list)
    for one in found:
        by_key[_key(one)].append(one)
    asked = any(one.said_by == Speaker.GUARDIAN for one in found)
    involved = guardian_involved(case_number) if asked else None
    whole = DataClass.WHOLE_FILE.value
    return [
        _standing(
            answers, also=by_key.get((key[0], key[1], whole), []) if key[2] != whole else [],
            involved=involved, now=now,
        )
        for key, answers in sorted(by_key.items())
    ]  # fmt: skip


def _standing(
    answers: list[Consent], *, also: list[Consent], involved: bool | None, now: datetime
) -> Standing:
    yes = standing_yes((_said(c) for c in [*answers, *also]), guardian_involved=involved, now=now)
    own = next((c for c in answers if c.said_by == Speaker.PERSON), None)
    beside = next((c for c in answers if c.said_by != Speaker.PERSON), None)
    return Standing(
        own=own, beside=beside, stands=yes is not None, until=yes.until if yes else None
    )


def is_given(
    case_number: str, *, recipient: str, purpose: Purpose, data_class: DataClass, now: datetime
) -> bool:
    """Return whether a yes stands at ``now``. Never asked is not a yes.

    The database answers (``consent_carried``): to whom the file is open for helping, and to the
    agency it is about, which may not see who answered for a child.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select 1 from consent_carried(%s, %s, %s, %s) where data_class = %s",
            [case_number, recipient, purpose.value, now, data_class.value],
        )
        return cursor.fetchone() is not None


def hold(case_number: str) -> None:
    """Hold off answers that take a yes back until this transaction ends.

    Ask for the yes after this and not before: then what rests on it is kept before it can go.
    """
    with connection.cursor() as cursor:
        cursor.execute("select consent_hold(%s)", [case_number])


def guardian_of(case_number: str) -> Guardian | None:
    """Return what is known of who answers for the child by law, None if nobody recorded it."""
    return Guardian.objects.filter(case_number=case_number).order_by("-recorded_at", "-id").first()


def guardian_involved(case_number: str) -> bool | None:
    """Return whether the guardian is named as having had a part; None: not known."""
    known = guardian_of(case_number)
    return known.involved if known else None


def to_ask_again(case_number: str, *, now: datetime) -> list[Consent]:
    """Return the answers that stand as a yes although the person was not known to be alone."""
    found = [s.own for s in table(case_number, now=now) if s.stands]
    return [own for own in found if own is not None and own.asked_alone is not True]


def stops_of(case_number: str) -> QuerySet[Stop]:
    """Return which agencies were told to stop about one case, the latest first."""
    return Stop.objects.filter(case_number=case_number)


def stops_for(officer: Officer) -> QuerySet[Stop]:
    """Return what the officer's agency was told to stop, what is not confirmed yet first."""
    found = Stop.objects.filter(recipient=officer.agency.code)
    return found.order_by("-acknowledged_at", "-told_at", "-id")


def stopped_by(cause: int, because: str, case_number: str) -> list[Stop]:
    """Return the stops that one answer, or one record of a guardian, made."""
    return list(Stop.objects.filter(case_number=case_number, cause=cause, because=because))


def newest_first(case_number: str) -> list[Consent]:
    """Return every answer, the one that counts first: of one instant, the one that shares least."""
    weight = {Answer.GIVEN: 0, Answer.REFUSED: 1, Answer.WITHDRAWN: 2}
    return sorted(
        Consent.objects.filter(case_number=case_number),
        key=lambda c: (c.asked_at, weight[Answer(c.answer)], c.pk), reverse=True,
    )  # fmt: skip


def _key(one: Consent) -> Key:
    return (one.recipient, one.purpose, one.data_class)


def _said(one: Consent) -> Said:
    return Said(
        speaker=cast(SpeakerCode, one.said_by), answer=cast(AnswerCode, one.answer),
        at=one.asked_at,
        number=one.pk, until=one.until, as_child=one.as_child,
    )  # fmt: skip
