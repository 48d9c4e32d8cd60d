"""Making, approving, handing over and withdrawing letters about a decision."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from mekhala.core.vocabulary.nearest import nearest
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination.clock import today_of
from mekhala.pathway.determination.letters import content, policies, queries
from mekhala.pathway.determination.letters.errors import LetterStands, NothingDecided
from mekhala.pathway.determination.letters.paper import letter_pdf
from mekhala.pathway.determination.letters.words import Words, words_in
from mekhala.pathway.determination.models import (
    Channel,
    Decision,
    DeterminationFile,
    Letter,
    LetterKind,
    LetterLanguage,
    Reading,
)
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import safe_contact_of
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def prepare_letter(*, case: Case, kind: str, language: str, by: Officer, at: datetime) -> Letter:
    """Make a letter about the decision that stands; nobody gets it before another approved it.

    ``kind`` is a code of ``LetterKind``, ``language`` of ``LetterLanguage``. Raises
    ``NothingDecided``, ``LetterStands`` where one of this kind and language was made already,
    ``CannotBePrinted`` for reasons our fonts do not hold, and ``ActRefused`` for other officers.
    """
    policies.check_of_authority(by, case.number, at=at)
    _check_word("kind", kind, LetterKind.values)
    _check_word("language", language, LetterLanguage.values)
    decision = queries.decision_to_tell(case.number)
    if decision is None:
        raise NothingDecided
    words = words_in(language)
    said = _content(decision, kind, words, at=at)
    pdf = letter_pdf(said)
    kept = _kept(
        case=case, decision=decision, kind=kind, language=language, content=said, pdf=pdf,
        digest=hashlib.sha256(pdf).hexdigest(), texts_version=words.version,
        texts_reviewed=words.reviewed, prepared_by=by, prepared_at=at,
    )  # fmt: skip
    _note("prepared", kept, by=by, at=at)
    return kept


@transaction.atomic
def approve_letter(
    *, letter: Letter, seen: str, by: Officer, at: datetime, language_checked: bool = False
) -> Letter:
    """Approve a letter somebody else made. ``seen``: the digest shown with the preview.

    A machine translation needs ``language_checked``: somebody who reads it has read it.
    """
    policies.check_of_authority(by, letter.case_id, at=at)
    letter = _locked(letter)
    policies.check_may_approve(by, letter, seen=seen, language_checked=language_checked, at=at)
    letter.approved_by, letter.approved_at = by, at
    letter.language_checked = None if letter.texts_reviewed else language_checked
    letter.save(update_fields=["approved_by", "approved_at", "language_checked"])
    _note("approved", letter, by=by, at=at)
    return letter


@transaction.atomic
def hand_over_letter(*, letter: Letter, how: str, by: Officer, at: datetime) -> Letter:
    """Record that a letter was given, by a way (``Channel``) that is safe on the day."""
    policies.check_meets_person(by, letter.case_id, at=at)
    letter = _locked(letter)
    policies.check_hands_over(by, letter, at=at)
    _check_word("how", how, Channel.values)
    policies.check_way(letter, how, safe_contact_of(letter.case))
    letter.handed_over_by, letter.handed_over_at, letter.handed_over_how = by, at, how
    letter.save(update_fields=["handed_over_by", "handed_over_at", "handed_over_how"])
    _note("handed_over", letter, by=by, at=at, how=how)
    return letter


@transaction.atomic
def withdraw_letter(*, letter: Letter, because: str, by: Officer, at: datetime) -> Letter:
    """Withdraw a letter that is wrong or tells a decision replaced since; it stays on record."""
    policies.check_of_authority(by, letter.case_id, at=at)
    letter = _locked(letter)
    policies.check_may_withdraw(by, letter, because, at=at)
    letter.withdrawn_by, letter.withdrawn_at = by, at
    letter.withdrawn_because = because.strip()
    letter.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    _note("withdrawn", letter, by=by, at=at)
    return letter


def _content(decision: Decision, kind: str, words: Words, *, at: datetime) -> content.Content:
    on = today_of(at)
    if kind == LetterKind.NOTICE:
        first = DeterminationFile.objects.filter(case=decision.case_id).order_by("opened_at")[0]
        received = today_of(first.opened_at)
        return content.notice_to_the_referrer(decision, words, received_on=received, on=on)
    agreed = Reading.objects.filter(
        file=decision.file_id, answer=decision.status,
        reader__in=(decision.decided_by_id, decision.second_reader_id),
    ).select_related("file")  # fmt: skip
    following = DeterminationFile.objects.filter(
        case=decision.case_id, opened_at__gte=decision.decided_at
    ).order_by("opened_at", "id").first()  # fmt: skip
    return content.letter_to_the_person(
        decision, words, reasons=[reading.reasons for reading in agreed],
        contact=safe_contact_of(decision.case), on=on,
        not_before=following.not_before if following else None,
    )  # fmt: skip


def _kept(**what: Any) -> Letter:
    try:
        with transaction.atomic():
            return Letter.objects.create(**what)
    except IntegrityError as error:
        if "letter_one_of_a_kind_stands" not in str(error):
            raise
        raise LetterStands from None


def _locked(letter: Letter) -> Letter:
    found = Letter.objects.select_for_update(of=("self",)).select_related("case").defer("pdf")
    return found.get(pk=letter.pk)


def _check_word(field: str, word: str, words: list[str]) -> None:
    if word not in words:
        near = nearest(word, words)
        raise WrongInput(f"{field}: {word[:40]!r} is not known; did you mean {near!r}?")


def _note(act: str, letter: Letter, *, by: Officer, at: datetime, **more: str) -> None:
    audit.record(
        f"letters.{act}", subject=letter.case_id, by=by, at=at, letter=letter.pk,
        kind=letter.kind, language=letter.language, **more,
    )  # fmt: skip
