"""Keeping what is known, from whom."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from mekhala.core.vocabulary.facts import facts
from mekhala.core.vocabulary.nearest import nearest
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import policies
from mekhala.pathway.determination.clock import today_of
from mekhala.pathway.determination.models import (
    DeterminationFile,
    FactRequest,
    Finding,
    Interpreting,
    Manner,
    Source,
    SourceKind,
)
from mekhala.pathway.determination.services.referring import check_conduct
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
FOLLOWED = "follows: another telling follows it already; expected the latest of them."


@dataclass(frozen=True, kw_only=True)
class Told:
    """One fact of a telling. ``made_out`` None: asked, and not known yet."""

    code: str
    made_out: bool | None
    because: str


@transaction.atomic
def record_source(
    *,
    file: DeterminationFile,
    kind: str,
    manner: str,
    by: Officer,
    at: datetime,
    who: str = "",
    said_on: date | None = None,
    language: str = "",
    interpreting: str = Interpreting.NOT_KNOWN,
    present: str = "",
    follows: Source | None = None,
    in_between: str = "",
) -> Source:
    """Keep one telling: who, how, when, in which language, through whom, who else was there.

    ``follows`` is the earlier telling it comes after, of the same case; then ``in_between`` says
    what happened since ("not known" is an answer). Both are kept. Raises ``WrongInput`` for a
    code that is none, a day that has not come, or a telling that cannot follow that one.
    """
    policies.check_may_work_on(by, file, at=at)
    check_word("kind", kind, SourceKind.values)
    check_word("manner", manner, Manner.values)
    check_word("interpreting", interpreting, Interpreting.values)
    _check_language(language)
    check_day(said_on, at=at)
    _check_order(file, follows, said_on, in_between)
    try:
        with transaction.atomic():
            kept = Source.objects.create(
                file=file, kind=kind, manner=manner, who=who, said_on=said_on, language=language,
                interpreting=interpreting, present=present, follows=follows,
                in_between=in_between, recorded_by=by, recorded_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise WrongInput(FOLLOWED) from error
    audit.record("determination.source_recorded", subject=file.case_id, by=by, at=at, kind=kind)
    return kept


@transaction.atomic
def record_finding(
    *,
    file: DeterminationFile,
    source: Source,
    code: str,
    made_out: bool | None,
    because: str,
    by: Officer,
    at: datetime,
) -> Finding:
    """Keep one fact as one source has it. ``made_out`` None: asked, and not known yet.

    A kept finding is never changed; what a source says later is another finding of a later
    telling. An open request for this fact is answered by it, unless the answer is not known.
    """
    policies.check_may_work_on(by, file, at=at)
    _check_same_case(file, source)
    kept = keep_finding(file, source, code, made_out, because, by=by, at=at)
    _answer_requests(file, [kept], at=at)
    audit.record("determination.finding_recorded", subject=file.case_id, by=by, at=at, code=code)
    return kept


@transaction.atomic
def record_findings(
    *, file: DeterminationFile, source: Source, told: Sequence[Told], by: Officer, at: datetime
) -> list[Finding]:
    """Keep all that one telling says, in one act: a statement is typed in one go.

    Raises ``WrongInput`` for an empty list, a code that is none, or a fact without words; then
    nothing is kept. Open requests are answered as by ``record_finding``.
    """
    policies.check_may_work_on(by, file, at=at)
    _check_same_case(file, source)
    if not told:
        raise WrongInput("told: no fact is answered; expected at least one.")
    for fact in told:
        check_word("code", fact.code, facts())
        _check_words(fact.because)
    kept = Finding.objects.bulk_create(
        Finding(
            file=file, source=source, code=fact.code, made_out=fact.made_out,
            because=fact.because, recorded_by=by, recorded_at=at,
        )
        for fact in told
    )  # fmt: skip
    _answer_requests(file, kept, at=at)
    codes = list(dict.fromkeys(fact.code for fact in told))
    audit.record("determination.findings_recorded", subject=file.case_id, by=by, at=at,
                 codes=codes)  # fmt: skip
    return kept


@transaction.atomic
def record_conduct(
    *, file: DeterminationFile, conduct_from: str, conduct_to: str, by: Officer, at: datetime
) -> None:
    """Keep when the conduct began and ended, as far as it is known: it says which law governs."""
    policies.check_may_work_on(by, file, at=at)
    check_conduct(conduct_from, conduct_to, at=at)
    file.conduct_from, file.conduct_to = conduct_from, conduct_to
    file.save(update_fields=["conduct_from", "conduct_to"])
    audit.record("determination.conduct_dated", subject=file.case_id, by=by, at=at, file=file.pk)


def keep_finding(
    file: DeterminationFile, source: Source, code: str, made_out: bool | None, because: str, *,
    by: Officer, at: datetime,
) -> Finding:  # fmt: skip
    """Keep one finding; ``WrongInput`` for a code that is none, or without words."""
    check_word("code", code, facts())
    _check_words(because)
    return Finding.objects.create(
        file=file, source=source, code=code, made_out=made_out, because=because, recorded_by=by,
        recorded_at=at,
    )  # fmt: skip


def _answer_requests(file: DeterminationFile, kept: Iterable[Finding], *, at: datetime) -> None:
    """End the open requests for these facts, but for those of which nothing is known yet."""
    known = {finding.code: finding for finding in kept if finding.made_out is not None}
    waiting = FactRequest.objects.select_for_update(of=("self",))
    for asked in waiting.filter(file=file, code__in=known, ended_at=None):
        asked.answer, asked.ended_at = known[asked.code], at
        asked.save(update_fields=["answer", "ended_at"])


def _check_same_case(file: DeterminationFile, source: Source) -> None:
    if source.file.case_id != file.case_id:
        raise WrongInput("source: it belongs to another case; expected a source of this one.")


def _check_words(because: str) -> None:
    if not because.strip():
        raise WrongInput("because: it is empty; expected what was said or seen, and by whom.")


def check_word(field: str, word: str, words: Iterable[str]) -> None:
    """Raise ``WrongInput`` naming the nearest code if ``word`` is none of ``words``."""
    if word not in words:
        near = nearest(word, words)
        raise WrongInput(f"{field}: {word[:60]!r} is no code; did you mean {near!r}?")


def check_day(said_on: date | None, *, at: datetime) -> None:
    """Refuse a telling dated after the day it is recorded on."""
    if said_on is not None and said_on > today_of(at):
        raise WrongInput(
            f"said_on: {said_on.isoformat()} has not come yet; expected the day it was said or "
            "shown, or none where it is not known."
        )


def _check_language(tag: str) -> None:
    """Refuse what is not written as a language tag of BCP 47; empty: not known."""
    if tag and not LANGUAGE_TAG.fullmatch(tag):
        raise WrongInput(f"language: {tag[:10]!r} is no language tag; expected one such as km.")


def _check_order(
    file: DeterminationFile, follows: Source | None, said_on: date | None, in_between: str
) -> None:
    if follows is None:
        return
    if follows.file.case_id != file.case_id:
        raise WrongInput("follows: it belongs to another case; expected a telling of this one.")
    if said_on and follows.said_on and said_on < follows.said_on:
        raise WrongInput(
            "said_on: the later telling is dated before the earlier one; expected a later day, "
            "or none where the order is not known."
        )
    if not in_between.strip():
        raise WrongInput(
            "in_between: it is empty; expected what happened between the two tellings, or that "
            "it is not known."
        )
