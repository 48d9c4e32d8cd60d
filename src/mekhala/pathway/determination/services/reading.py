"""Reading a file, and the decision that two readings make."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from mekhala.core.vocabulary.nearest import nearest
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import policies, queries, rule
from mekhala.pathway.determination.models import (
    Decision,
    DeterminationFile,
    FactRequest,
    Ground,
    Reading,
    Recusal,
    Stage,
    TraffickingStatus,
)
from mekhala.pathway.determination.services.referring import open_to_registrars, put_question
from mekhala.safeguards.access import services as access
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def record_reading(
    *,
    file: DeterminationFile,
    answer: str,
    grounds: Sequence[str],
    reasons: str,
    no_tie: bool,
    by: Officer,
    at: datetime,
    differs_because: str = "",
) -> Decision | None:
    """Keep one officer's reading; return the decision if it settles the file.

    Two officers who find the same decide; for a negative they come from two agencies. If they
    differ, a further one reads. ``grounds`` are codes of ``Ground`` that go with the answer.
    Raises ``ActRefused`` for a reader who is not impartial, before the least time has run, while
    a needed element is unknown, or for a reading that leaves the rule without saying why.
    """
    policies.check_may_work_on(by, file, at=at)
    file = DeterminationFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    status = word_of("answer", answer, TraffickingStatus)
    coded = [word_of("grounds", ground, Ground) for ground in dict.fromkeys(grounds)]
    outcome = queries.assessment(file)
    policies.check_reading(  # also whether it was decided while we waited
        by, file, outcome, answer=status, grounds=coded, reasons=reasons, no_tie=no_tie,
        differs_because=differs_because, at=at,
    )  # fmt: skip
    Reading.objects.create(
        file=file, reader=by, answer=status, grounds=coded, reasons=reasons,
        rule_gave=outcome["palermo"]["finding"], differs_because=differs_because,
        is_override=rule.leaves_rule(outcome, stage=file.stage, answer=status),
        declared_no_tie=no_tie, read_at=at,
    )  # fmt: skip
    audit.record("determination.read", subject=file.case_id, by=by, at=at, file=file.pk)
    pair = rule.settling_pair(queries.readings_that_count(file))
    return _decide(file, pair, outcome, by=by, at=at) if pair else None


@transaction.atomic
def declare_tie(*, file: DeterminationFile, by: Officer, at: datetime) -> None:
    """Note that an officer has a tie to somebody in the case; it closes to them at once."""
    policies.check_may_work_on(by, file, at=at)
    Recusal.objects.create(case_id=file.case_id, officer=by, declared_at=at)
    audit.record("determination.tie_declared", subject=file.case_id, by=by, at=at, file=file.pk)
    access.close_to(by, file.case_id, by=by, at=at)


def _decide(
    file: DeterminationFile,
    agreed: tuple[Reading, Reading],
    outcome: dict[str, Any],
    *,
    by: Officer,
    at: datetime,
) -> Decision:
    """Keep the decision two readings agree on and close the file; what follows, follows."""
    first, second = agreed
    decision = Decision.objects.create(
        file=file, case_id=file.case_id, status=second.answer,
        grounds=list(dict.fromkeys([*first.grounds, *second.grounds])),
        article=queries.article_of(outcome), outcome=queries.as_kept(outcome),
        reasons=queries.as_weighed(queries.findings_of(file)), **queries.as_counted(outcome),
        is_override=first.is_override or second.is_override, decided_by=first.reader,
        second_reader=second.reader, decided_at=at, replaces=file.asks_again,
    )  # fmt: skip
    file.closed_at = at
    file.save(update_fields=["closed_at"])
    FactRequest.objects.filter(file=file, ended_at=None).update(ended_at=at)
    audit.record("determination.decided", subject=file.case_id, by=by, at=at,
                 status=second.answer, stage=file.stage)  # fmt: skip
    if decision.status != TraffickingStatus.NOT_ESTABLISHED:
        open_to_registrars(file.case, by=by, at=at)
    if decision.status == TraffickingStatus.REASONABLE_GROUNDS:
        _ask_conclusively(file, by=by, at=at)
    return decision


def _ask_conclusively(file: DeterminationFile, *, by: Officer, at: datetime) -> None:
    """Put the second question, to be decided once the person has had time to recover."""
    asked = put_question(
        case=file.case, stage=Stage.CONCLUSIVE_GROUNDS, by=by, at=at,
        screened_by=file.screened_by, conduct_from=file.conduct_from,
        conduct_to=file.conduct_to,
    )  # fmt: skip
    audit.record("determination.opened", subject=file.case_id, by=by, at=at, file=asked.pk)


def word_of[Word: (TraffickingStatus, Ground)](field: str, word: str, words: type[Word]) -> Word:
    """Return a code as one of ``words``; raise ``WrongInput`` with the nearest for none."""
    if word not in words.values:
        near = nearest(word, words.values)
        raise WrongInput(f"{field}: {word[:40]!r} is no code; did you mean {near!r}?")
    return words(word)
