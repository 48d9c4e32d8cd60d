"""Saying who is one person, asking who knows, and who is one person by what was said.

Nothing is moved or merged: a person is the cases joined by judgements that stand, as long as none
that stands parts two of them. So whatever was joined can be taken apart, and nothing is lost.
Nobody is joined by the program: each join is an officer's act with a reason.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.registration import policies
from mekhala.pathway.registration.candidates import Candidate
from mekhala.pathway.registration.errors import JudgedMeanwhile, NotOneOfThese
from mekhala.pathway.registration.models import Alike, SamePersonJudgement
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.identity.fields import Ciphertext

JUDGE = "select registration_judge(%s, %s, %s, %s, %s, %s, %s, %s)"
ASK = "select registration_ask(%s, %s, %s, %s, %s)"
JUDGED = "select * from registration_judgements(%s)"
PERSON = "select * from registration_same_person(%s)"
ASKED_OF_ME = "select * from registration_asked_of_me()"
NOT_ASKED = "select registration_not_asked(%s, %s::text[]) as cases"
ASKED = "select * from registration_asked(%s)"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A judgement as it is told beside one case; ``other`` None: that case is not open."""

    id: uuid.UUID
    other: str | None
    answer: Alike
    because: str
    by_id: int
    at: datetime
    stands: bool


@dataclass(frozen=True, kw_only=True)
class OtherCase:
    """Another case of the same person; ``number`` None: it is not open to who asks."""

    number: str | None
    opened_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Question:
    """Somebody may be the person of case ``number``; ``likeness``: how fields compare, in codes."""

    id: uuid.UUID
    number: str
    likeness: tuple[str, ...]
    asked_at: datetime


def judge(
    case: Case, other: str, answer: str, because: str, *, by: Officer, at: datetime
) -> uuid.UUID:
    """Say of ``case`` and the case numbered ``other`` whether it is one person; both are open.

    Raises ``JudgedMeanwhile`` where something stands about these two already (``take_back``
    changes it), ``BecauseMissing``, ``NotYourRole``, ``NotOneOfThese``.
    """
    policies.check_may_look_for_same(by, case.number, now=at)
    return _judge(case, answer, because, by=by, at=at, other=other)


def answer_question(
    question: Question, answer: str, because: str, *, by: Officer, at: datetime
) -> uuid.UUID:
    """Answer about one's own case whether the person another agency has is the same."""
    case = Case.objects.get(number=question.number)
    return _judge(case, answer, because, by=by, at=at, question=question.id)


def take_back(
    case: Case, judged: uuid.UUID, answer: str, because: str, *, by: Officer, at: datetime
) -> uuid.UUID:
    """Say something else instead of a judgement that stands, and why. The earlier one is kept."""
    return _judge(case, answer, because, by=by, at=at, instead_of=judged)


@transaction.atomic
def _judge(
    case: Case, answer: str, because: str, *, by: Officer, at: datetime, other: str | None = None,
    question: uuid.UUID | None = None, instead_of: uuid.UUID | None = None,
) -> uuid.UUID:  # fmt: skip
    policies.check_reason(because)
    if answer not in Alike.values:
        raise WrongInput(f"answer: {answer[:40]!r} is none; expected one of {', '.join(Alike)}")
    made = SamePersonJudgement(about=case)
    why = SamePersonJudgement._meta.get_field("because").sealed(made, because.strip())
    _write(JUDGE, [made.id, case.number, other, question, instead_of, answer, bytes(why), at])
    audit.record(
        "registration.same_person_judged", subject=case.number, by=by, at=at, answer=answer,
        judgement=str(made.id), instead_of=str(instead_of or ""),
    )  # fmt: skip
    return made.id


def ask_who_knows(
    case: Case, candidates: Collection[Candidate], *, by: Officer, at: datetime
) -> int:
    """Ask those who know the cases of these candidates that are not open to ``by``; once each.

    Returns how many were asked now. They are told how fields compare and nothing else.
    """
    policies.check_may_look_for_same(by, case.number, now=at)
    closed = [c for c in candidates if not c.is_open]
    asked = [_write(ASK, [uuid.uuid4(), case.number, c.number, c.likeness, at]) for c in closed]
    if any(asked):
        audit.record("registration.same_person_asked", subject=case.number, by=by, at=at,
                     of=sum(asked))  # fmt: skip
    return sum(asked)


def judgements(case: Case) -> list[Judged]:
    """Return what was said of ``case`` and others, as far as the actor may know, oldest first."""
    return [_told(row) for row in _rows(JUDGED, [case.number])]


def cases_of_same_person(case: Case) -> list[OtherCase]:
    """Return the other cases of the person, the earliest first and those not open last.

    None where a judgement that stands parts two of them: nobody is one person against a *no*.
    """
    return [OtherCase(**row) for row in _rows(PERSON, [case.number])]


def asked_of_me() -> list[Question]:
    """Return the questions about cases open to the actor that nobody has answered."""
    rows = _rows(ASKED_OF_ME, [])
    return [Question(**row | {"likeness": tuple(row["likeness"])}) for row in rows]


def asked(case: Case) -> list[Alike | None]:
    """Return the answer to each question that was asked from ``case``; None: not yet answered."""
    rows = _rows(ASKED, [case.number])
    return [Alike(row["answer"]) if row["answer"] else None for row in rows]


def not_asked(case: Case, candidates: Collection[Candidate]) -> int:
    """Return of how many candidates that are not open nobody was asked from ``case`` yet."""
    closed = [c.number for c in candidates if not c.is_open]
    return int(_rows(NOT_ASKED, [case.number, closed])[0]["cases"]) if closed else 0


def _told(row: dict[str, Any]) -> Judged:
    about = SamePersonJudgement(id=row["id"], about_id=row["about_id"])
    about.because = Ciphertext(row["because"])
    return Judged(
        id=row["id"], other=row["other"], answer=Alike(row["answer"]), because=about.because,
        by_id=row["by_id"], at=row["at"], stands=row["stands"],
    )  # fmt: skip


def _rows(statement: str, values: list[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        columns = [column.name for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _write(statement: str, values: list[Any]) -> bool:
    """Run one act of the database; what it refuses is not for the actor to do."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return bool(cursor.fetchone()[0])
    except ProgrammingError as error:
        if not isinstance(error.__cause__, InsufficientPrivilege):
            raise
        raise NotOneOfThese from None
    except IntegrityError as error:
        if "same_person_one_chain" not in str(error) and "takes_back" not in str(error):
            raise
        raise JudgedMeanwhile from None
