"""How agencies stand, rates, whom to ask after, funds. Nothing here changes anything."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from mekhala.core.estimation.rates import Rate, rate
from mekhala.pathway.labour_migration.models import (
    AskAfter,
    Complaint,
    ComplaintFinding,
    Departure,
    Deployment,
    FundEntry,
    Incident,
    Licence,
    Placement,
    Recruiter,
    Review,
    VillageFund,
    Worker,
)
from mekhala.pathway.labour_migration.models.taken_back import STANDS, MayBeTakenBack
from mekhala.pathway.labour_migration.policies import OF_A_WORKER, WHO_TAKE_COMPLAINTS
from mekhala.pathway.labour_migration.words import EntryKind, Outcome, Rung, Source
from mekhala.safeguards.access.models import Grant, Officer

STANDING = {
    "licensed": _("Licensed"), "unlicensed": _("No licence in force"),
    "suspended": _("Suspended"), "removed": _("Licence withdrawn"),
}  # fmt: skip


OF_SUSPENSION = frozenset({Rung.SUSPENSION, Rung.LIFTED})


def recruiters() -> QuerySet[Recruiter]:
    """Return agencies by name, with licences and reviews."""
    reviews = Review.objects.select_related("decided_by").prefetch_related("incidents")
    return Recruiter.objects.prefetch_related("licences", Prefetch("reviews", reviews))


def standing_of[T: MayBeTakenBack](rows: Iterable[T]) -> list[T]:
    """Return those rows that nobody took back, in their order."""
    return [one for one in rows if not one.taken_back_at]


def standing(recruiter: Recruiter, day: date) -> str:
    """Return how an agency stands on a day: a key of ``STANDING``. Prefetched, it asks nothing."""
    decided = sorted(
        (r for r in recruiter.reviews.all()
         if r.decided_at and not r.taken_back_at and localdate(r.decided_at) <= day),
        key=lambda r: r.decided_at or r.opened_at,
    )  # fmt: skip
    last = next((r for r in reversed(decided) if r.decision in OF_SUSPENSION), None)
    if last and last.decision == Rung.SUSPENSION and last.until_on and last.until_on >= day:
        return "suspended"
    in_force = [
        one for one in recruiter.licences.all()
        if not one.taken_back_at and one.valid_from <= day <= one.valid_until
        and (one.ended_on is None or day < one.ended_on)
    ]  # fmt: skip
    if in_force:
        return "licensed"
    return "removed" if decided and decided[-1].decision == Rung.REMOVAL else "unlicensed"


def was_licensed_in(recruiter: Recruiter, month: date) -> bool:
    """Return whether an agency was licensed and not suspended on some day of a month."""
    found = recruiters().get(pk=recruiter.pk)
    last = monthrange(month.year, month.month)[1]
    return any(standing(found, month.replace(day=n)) == "licensed" for n in range(1, last + 1))


def open_review(recruiter: Recruiter) -> Review | None:
    """Return the open review of an agency, None if there is none."""
    return Review.objects.filter(recruiter=recruiter, decided_at=None).first()


def open_reviews() -> QuerySet[Review]:
    """Return open reviews, the oldest first."""
    return Review.objects.filter(decided_at=None).select_related("recruiter").order_by("opened_at")


def since_last_review(recruiter: Recruiter) -> list[Incident]:
    """Return incidents no decision that stands has looked at, unless found to be unfounded."""
    decided = Review.objects.filter(STANDS, recruiter=recruiter, decided_at__isnull=False)
    found = Incident.objects.filter(recruiter=recruiter).exclude(established=False)
    return list(found.exclude(reviews__in=decided))


@dataclass(frozen=True, kw_only=True)
class Line:
    """One agency or country with its rate; ``is_above`` all, with its whole interval.

    ``key``: of an agency its key, of a country its code; ``name``: of an agency only.
    """

    key: int | str
    name: str
    rate: Rate
    is_above: bool


def rates(by: str, *, since: date, until: date) -> tuple[Rate, list[Line]]:
    """Return complaints per 1,000 placements of all, and of each agency or country by its name.

    ``by``: ``recruiter`` or ``country``. Never in the order of the rate: small numbers differ by
    chance. A complaint is counted in the month it was told, a placement in the month it began.
    """
    span = Q(month__gte=since.replace(day=1), month__lte=until)
    placed = dict(
        Placement.objects.filter(span)
        .order_by()
        .values_list("recruiter" if by == "recruiter" else "employer__country")
        .annotate(n=Sum("people"))
    )
    complained = complaints().filter(span)
    told = Counter(complained.values_list(by, flat=True))
    everybody = rate(told.total(), sum(placed.values()))
    names = _names(set(placed) | set(told)) if by == "recruiter" else {}
    lines = []
    for key in sorted(set(placed) | set(told), key=lambda key: (names.get(key, ""), key)):
        one = rate(told[key], placed.get(key, 0))
        above = one.is_above(everybody)
        lines.append(Line(key=key, name=names.get(key, ""), rate=one, is_above=above))
    return everybody, lines


def found_of(by: str, *, since: date, until: date) -> dict[int | str, Counter[str]]:
    """Return what was found of the complaints of each agency or country; of all under "".

    ``established``, ``unfounded`` and ``unknown``: not looked into yet, or cannot be told.
    """
    span = Q(month__gte=since.replace(day=1), month__lte=until)
    told = complaints().filter(span).values_list(by, "established")
    found: dict[int | str, Counter[str]] = defaultdict(Counter)
    named = {True: "established", False: "unfounded", None: "unknown"}
    for key, established in told:
        found[key][named[established]] += 1
        found[""][named[established]] += 1
    return found


def complaints() -> QuerySet[Incident]:
    """Return complaints that count: all but those that were found to be entered by mistake."""
    latest = ComplaintFinding.objects.filter(incident=OuterRef("pk")).values("finding")[:1]
    found = Incident.objects.filter(source=Source.COMPLAINT)
    told = found.annotate(latest=Coalesce(Subquery(latest), Value("")))
    return told.exclude(latest=Outcome.MISTAKEN)


def complaints_told() -> QuerySet[Incident]:
    """Return complaints as agencies are known by them, the newest first: kinds, month, findings."""
    found = Incident.objects.filter(source=Source.COMPLAINT)
    return with_findings(found.select_related("recruiter"))


def with_findings(found: QuerySet[Incident]) -> QuerySet[Incident]:
    """Return incidents with what was found of each, the latest first."""
    findings = ComplaintFinding.objects.select_related("found_by__agency")
    return found.prefetch_related(Prefetch("findings", findings))


def _names(keys: Iterable[int]) -> dict[int, str]:
    """Return what agencies are called; two of one name with their numbers in the register."""
    found = list(Recruiter.objects.filter(pk__in=keys))
    called = Counter(map(str, found))
    return {
        one.pk: f"{one}, {one.register_number}" if called[str(one)] > 1 else str(one)
        for one in found
    }


def placements_of(recruiter: Recruiter) -> QuerySet[Placement]:
    """Return what an agency placed, the latest first."""
    found = Placement.objects.filter(recruiter=recruiter).select_related("employer")
    return found.prefetch_related("before")


def workers(officer: Officer, *, now: datetime) -> QuerySet[Worker]:
    """Return the files of workers open to an officer, the newest first."""
    if officer.role not in WHO_TAKE_COMPLAINTS:
        return Worker.objects.none()
    held = Grant.objects.filter(officer=officer, until__gt=now, purpose__in=OF_A_WORKER)
    return Worker.objects.filter(number__in=held.values("file_number"))


def complaints_of(worker: Worker) -> QuerySet[Complaint]:
    """Return a worker's complaints."""
    return worker.complaints.select_related("recruiter", "incident", "deployment__employer")


def deployments_of(worker: Worker) -> QuerySet[Deployment]:
    """Return through whom a worker went where, the latest year first, with complaints put to it."""
    found = worker.deployments.select_related("recruiter", "employer")
    return found.annotate(complained=Count("complaints"))


def departures_of(worker: Worker) -> QuerySet[Departure]:
    """Return a worker's departures; the contract itself is opened only when it is asked for."""
    return worker.departures.select_related("recruiter").defer("contract")


def to_ask_after(officer: Officer, *, now: datetime, today: date) -> QuerySet[AskAfter]:
    """Return whom to ask how they are by ``today``, of the files open to the officer."""
    held = workers(officer, now=now).values("number")
    found = AskAfter.objects.filter(worker_id__in=held, next_on__lte=today)
    return found.defer("how", "contact").prefetch_related("askings")


@dataclass(frozen=True, kw_only=True)
class Loan:
    """One loan of a fund, in riel."""

    number: str
    lent_on: date
    due_on: date | None
    lent: int
    owed: int

    def is_overdue(self, today: date) -> bool:
        """Whether something is owed after the day it was due."""
        return self.owed > 0 and self.due_on is not None and self.due_on < today


_SIGN = {EntryKind.PAID_IN: 1, EntryKind.REPAID: 1, EntryKind.LENT: -1, EntryKind.COST: -1}


def balance(entries: Iterable[FundEntry]) -> int:
    """Return what a fund holds, in riel. What is forgiven moves no money.

    A line that takes another back moves as much the other way, from its own day on.
    """
    listed = list(entries)
    kinds = {e.pk: e.kind for e in listed}
    return sum(_moved(e, kinds) for e in listed)


def _moved(line: FundEntry, kinds: dict[int, str]) -> int:
    if line.takes_back_id:
        return -_SIGN.get(EntryKind(kinds[line.takes_back_id]), 0) * line.riel
    return _SIGN.get(EntryKind(line.kind), 0) * line.riel


def held_least(entries: Iterable[FundEntry], since: date) -> int:
    """Return the least that a fund held at the end of ``since`` or of a day after it, in riel."""
    listed = list(entries)
    days = {since, *(e.on for e in listed if e.on > since)}
    return min(balance(e for e in listed if e.on <= day) for day in days)


def loans(entries: Iterable[FundEntry]) -> list[Loan]:
    """Return the loans of a ledger in the order they were lent; what was taken back is none."""
    every = list(entries)
    wrong = {e.takes_back_id for e in every}
    listed = [e for e in every if e.pk not in wrong]
    back: dict[str, int] = {}
    for e in listed:
        if e.kind in (EntryKind.REPAID, EntryKind.FORGIVEN):
            back[e.loan] = back.get(e.loan, 0) + e.riel
    return [
        Loan(number=e.loan, lent_on=e.on, due_on=e.due_on, lent=e.riel,
             owed=e.riel - back.get(e.loan, 0))
        for e in listed if e.kind == EntryKind.LENT
    ]  # fmt: skip


def funds() -> QuerySet[VillageFund]:
    """Return village funds with their ledgers."""
    return VillageFund.objects.select_related("keeper").prefetch_related("entries")


def licensed_until(found: Iterable[Licence]) -> date | None:
    """Return when the last licence ends or ended, None without any."""
    return max((one.ended_on or one.valid_until for one in standing_of(found)), default=None)


def a_year_before(day: date) -> date:
    """Return the first day of the twelve months that end with the month of ``day``."""
    return (day.replace(day=1) - timedelta(days=334)).replace(day=1)
