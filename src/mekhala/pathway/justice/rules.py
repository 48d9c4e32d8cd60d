"""What an entry of each kind may say: nothing that contradicts itself or lies in the future."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from mekhala.core.calendar import years
from mekhala.pathway.justice import acquittals, ladder, texts
from mekhala.pathway.justice.errors import EntryRefused
from mekhala.pathway.justice.models import (
    Accused,
    Appeal,
    AppealOutcome,
    Confiscation,
    Counsel,
    Custody,
    Entry,
    Investigation,
    Observation,
    Release,
    Stage,
    Statement,
    Verdict,
)
from mekhala.pathway.justice.policies import check_day

type Said = Mapping[str, Any]


def check(kind: type[Entry], accused: Accused, said: Said, *, at: datetime) -> None:
    """Refuse an entry in which a day has not come, or that goes against the rules of its kind."""
    texts.check_citation(said.get("legal_basis") or "")
    for value in said.values():
        if isinstance(value, datetime):
            check_year(value)
            if value > at:
                raise EntryRefused(_("A time is still to come. Check the date and the hour."))
        elif isinstance(value, date):
            check_day(value, not_before=None, at=at)
    if kind in OF_KIND:
        OF_KIND[kind](accused, said)


def check_year(moment: datetime) -> None:
    """Refuse a time at either end of the calendar, which no page could show."""
    if not years.can_be_told(moment):
        raise EntryRefused(_("The year cannot be right. Check the date and the hour."))


def _custody(_accused: Accused, said: Said) -> None:
    until = said.get("released_at")
    if until and until < said["held_at"]:
        raise EntryRefused(_("Custody ends before it began. Check both times."))


def _statement(_accused: Accused, said: Said) -> None:
    if said.get("read_by") and said.get("read_out") is not True:
        raise EntryRefused(_("Somebody is named who read it out: then it was read out."))


def _order(first: str, then: str) -> Callable[[Accused, Said], None]:
    def check(_accused: Accused, said: Said) -> None:
        before, after = said.get(first), said.get(then)
        if before and after and after < before:
            raise EntryRefused(_("The days are not in order. Check both dates."))

    return check


def _observation(accused: Accused, said: Said) -> None:
    if said["hearing"].proceeding_id != accused.proceeding_id:
        raise EntryRefused(_("This hearing belongs to another proceeding."))


def _verdict(accused: Accused, said: Said) -> None:
    if said["charge"].accused_id != accused.pk:
        raise EntryRefused(_("This charge is not one against this accused."))
    if said["on"] < said["charge"].charged_on:
        raise EntryRefused(_("The verdict is dated before the charge. Check both dates."))
    sentenced = said.get("sentence_months") is not None
    if sentenced and said["result"] not in ("convicted", "suspended"):
        raise EntryRefused(_("A sentence goes only with a conviction."))


def _appeal(accused: Accused, said: Said) -> None:
    _order("judged_on", "filed_on")(accused, said)
    if said.get("filed_on") and said.get("filed") is not True:
        raise EntryRefused(_("A day of filing is given: then an appeal was filed."))
    _order("filed_on", "decided_on")(accused, said)
    if said.get("filed") and said.get("filed_by") in acquittals.BY_OTHERS:
        _check_judged(accused, said["judged_on"])
    convicted = said.get("outcome") == AppealOutcome.CONVICTED
    if convicted and said.get("filed_by") not in acquittals.PROSECUTION:
        raise EntryRefused(
            _("An acquittal is set aside by a conviction only where the prosecution appealed.")
        )


def _check_judged(accused: Accused, day: date) -> None:
    """Refuse a day on which nothing was judged: an appeal against it would stand beside no word."""
    judged = accused.steps.filter(on=day, stage__in=[Stage.ACQUITTED, *ladder.JUDGED])
    if not judged.exists() and not accused.verdict_entries.filter(on=day).exists():
        raise EntryRefused(
            _("No judgment of that day is recorded. Record it first, or check the day.")
        )


def _investigation(_accused: Accused, said: Said) -> None:
    if said["kind"] in ("undercover", "listening", "search") and not said.get("legal_basis"):
        raise EntryRefused(
            _("A search, listening in and undercover work rest on a legal basis. Name it.")
        )


OF_KIND: dict[type[Entry], Callable[[Accused, Said], None]] = {
    Custody: _custody, Statement: _statement, Counsel: _order("since", "until"),
    Investigation: _investigation, Observation: _observation, Verdict: _verdict,
    Confiscation: _order("on", "returned_on"), Appeal: _appeal, Release: lambda _one, _said: None,
}  # fmt: skip
