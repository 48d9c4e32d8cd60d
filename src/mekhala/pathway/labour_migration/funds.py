"""Acts on a village fund: opening it, and lines of its ledger, which is never edited."""

from datetime import date, datetime

from django.db import transaction

from mekhala.core.vocabulary.places import check_code
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.labour_migration import errors, policies, queries
from mekhala.pathway.labour_migration.models import FundEntry, VillageFund
from mekhala.pathway.labour_migration.words import EntryKind
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit

OUT = (EntryKind.LENT, EntryKind.COST)
MOVES = frozenset(EntryKind) - {EntryKind.TAKEN_BACK}
OF_A_LOAN = (EntryKind.REPAID, EntryKind.FORGIVEN)


@transaction.atomic
def open_fund(
    name: str, *, place_code: str, terms: str, on: date, by: Officer, at: datetime,
    name_km: str = "",
) -> VillageFund:  # fmt: skip
    """Open a fund that the officer's agency keeps."""
    policies.check_takes_complaints(by)
    policies.check_past(on, now=at)
    if not name.strip() or not terms.strip():
        raise WrongInput("village fund: expected a name and its terms.")
    kept = VillageFund.objects.create(
        name=name.strip(), name_km=name_km.strip(), place_code=check_code(place_code),
        keeper=by.agency, terms=terms.strip(), opened_on=on,
    )  # fmt: skip
    audit.record("fund.opened", subject=f"fund {kept.pk}", by=by, at=at)
    return kept


@transaction.atomic
def enter(
    fund: VillageFund,
    kind: EntryKind | str,
    riel: int,
    *,
    on: date,
    by: Officer,
    at: datetime,
    loan: str = "",
    due_on: date | None = None,
) -> FundEntry:
    """Add a line to the ledger, which adds up on every day of it.

    Raises ``FundTooSmall``, ``NoSuchLoan``, ``LoanNumberTaken``, ``BeforeTheFund``,
    ``NotOfALoan``, ``DueBeforeLent``, ``DayToCome``, ``NotYourFund``.
    """
    policies.check_takes_complaints(by)
    if fund.keeper_id != by.agency_id:
        raise errors.NotYourFund
    policies.check_past(on, now=at)
    if kind not in MOVES or riel < 1:
        raise WrongInput(
            f"entry: {riel} riel of {str(kind)[:20]!r}; expected a kind and an amount."
        )
    held = VillageFund.objects.select_for_update().get(pk=fund.pk)
    if on < held.opened_on:
        raise errors.BeforeTheFund
    if kind == EntryKind.LENT and due_on is not None and due_on < on:
        raise errors.DueBeforeLent
    _check(kind, riel, loan.strip(), list(FundEntry.objects.filter(fund=fund)), on=on)
    kept = FundEntry.objects.create(
        fund=fund, on=on, kind=kind, riel=riel, loan=loan.strip(),
        due_on=due_on if kind == EntryKind.LENT else None, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record("fund.entered", subject=f"fund {fund.pk}", by=by, at=at, entry=kept.pk)
    return kept


@transaction.atomic
def take_back(line: FundEntry, reason: str, *, on: date, by: Officer, at: datetime) -> FundEntry:
    """Take a wrong line back by another, from a day on. Nothing is deleted.

    Raises ``NotYourFund``, ``DayToCome``, ``WhyTakenBack``, ``TakenBackAlready``,
    ``NotToTakeBack``, ``BeforeTheLine``, ``RepaidAlready``, ``FundTooSmall``.
    """
    policies.check_takes_complaints(by)
    if line.fund.keeper_id != by.agency_id:
        raise errors.NotYourFund
    policies.check_past(on, now=at)
    if not reason.strip():
        raise errors.WhyTakenBack
    held = VillageFund.objects.select_for_update().get(pk=line.fund_id)
    _check_back(line, list(FundEntry.objects.filter(fund=held)), on=on)
    kept = FundEntry.objects.create(
        fund=held, on=on, kind=EntryKind.TAKEN_BACK, riel=line.riel, loan=line.loan,
        takes_back=line, reason=reason.strip(), recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record(
        "fund.taken_back", subject=f"fund {held.pk}", by=by, at=at, entry=kept.pk, of=line.pk
    )
    return kept


def _check_back(line: FundEntry, lines: list[FundEntry], *, on: date) -> None:
    """Refuse what is taken back already, too early, lent and repaid, or no longer there."""
    if line.kind == EntryKind.TAKEN_BACK:
        raise errors.NotToTakeBack
    if any(one.takes_back_id == line.pk for one in lines):
        raise errors.TakenBackAlready
    if on < line.on:
        raise errors.BeforeTheLine
    lent = {one.number: one for one in queries.loans(lines)}
    if line.kind == EntryKind.LENT and lent[line.loan].owed != line.riel:
        raise errors.RepaidAlready
    came_in = line.kind in (EntryKind.PAID_IN, EntryKind.REPAID)
    if came_in and line.riel > queries.held_least(lines, on):
        raise errors.FundTooSmall


def _check(kind: str, riel: int, loan: str, lines: list[FundEntry], *, on: date) -> None:
    """Refuse to spend what was not there on each day since, a loan twice, and more or earlier
    back than was lent.
    """
    known = {one.number: one for one in queries.loans(lines)}
    numbers = {one.loan for one in lines if one.kind == EntryKind.LENT}
    if kind in OUT and riel > queries.held_least(lines, on):
        raise errors.FundTooSmall
    if loan and kind not in (EntryKind.LENT, *OF_A_LOAN):
        raise errors.NotOfALoan
    if kind == EntryKind.LENT and (not loan or loan in numbers):
        raise errors.LoanNumberTaken
    if kind in OF_A_LOAN:
        lent = known.get(loan)
        if lent is None or riel > lent.owed or on < lent.lent_on:
            raise errors.NoSuchLoan
