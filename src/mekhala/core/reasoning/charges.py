"""Whether a charge fits the findings: the article cited, judged as ``assess`` judges it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mekhala.core.law.library import articles_of, versions_of
from mekhala.core.law.statute import Penalty, Provision
from mekhala.core.reasoning.conduct import Conduct, candidates
from mekhala.core.reasoning.displacement import Standing, meeting_in_words
from mekhala.core.reasoning.logic import Findings
from mekhala.core.reasoning.offences import OffenceOutcome, weigh_offence
from mekhala.core.reasoning.outcome import Finding


class Fit(StrEnum):
    """How a charge stands to the findings."""

    FITS = "fits"
    DOES_NOT_FIT = "does_not_fit"
    UNDETERMINED = "undetermined"
    NOT_IN_FORCE = "not_in_force"
    NOT_IN_TABLES = "not_in_tables"


@dataclass(frozen=True, kw_only=True)
class ChargeOutcome:
    """One charge as weighed. The ranges are those of the version that may govern, if one does."""

    statute: str
    article: str
    fit: Fit
    because: str
    lowest_range: Penalty | None = None  # given only the aggravations that are found
    highest_range: Penalty | None = None  # if every aggravation not answered no were found
    weighed: tuple[OffenceOutcome, ...] = ()  # each version that may govern

    def as_answer(self) -> dict[str, object]:
        """Return the charge as ``mekhala assess`` prints it."""
        return {
            "statute": self.statute,
            "article": self.article,
            "fit": self.fit.value,
            "because": self.because,
        }


def weigh_charge(
    statute: str, article: str, findings: Findings, conduct: Conduct, *, country: str = "KH"
) -> ChargeOutcome:
    """Judge the charge of ``article`` of ``statute``.

    Raises ``WrongInput`` for a misspelt statute. Where two versions of the article may
    govern, the charge fails only if it fails under both.
    """
    versions = versions_of(statute, article, country=country)
    cited = f"{statute} Article {article}"
    if not versions:
        because = _not_in_tables(statute, article, country)
        return ChargeOutcome(
            statute=statute, article=article, fit=Fit.NOT_IN_TABLES, because=because
        )
    weighed = [weigh_offence(p, findings, conduct) for p in candidates(versions, conduct)]
    fit, because = _fit(cited, versions, weighed)
    return ChargeOutcome(
        statute=statute,
        article=article,
        fit=fit,
        because=" ".join([because, *_displaced(cited, weighed)]),
        lowest_range=_lowest(o.penalty for o in weighed),
        highest_range=_highest(o.highest_penalty for o in weighed),
        weighed=tuple(weighed),
    )


def _not_in_tables(statute: str, article: str, country: str) -> str:
    cited = f"{statute} Article {article}"
    kept = articles_of(statute, article, country=country)
    if not kept:
        return f"{cited} is not in the tables, so whether it fits cannot be told."
    why = kept[-1].because or f"It defines no offence ({kept[-1].kind.value})."
    return f"{cited} ({kept[-1].title}) cannot be told from facts. {why}"


def _displaced(cited: str, weighed: Iterable[OffenceOutcome]) -> list[str]:
    """What a reader of a charge must know where a later text may have taken the article's place."""
    doubtful = [o for o in weighed if o.standing is not Standing.STANDS]
    if not doubtful:
        return []
    word = "is" if all(o.standing is Standing.DISPLACED for o in doubtful) else "may be"
    meetings = dict.fromkeys(meeting_in_words(later) for o in doubtful for later in o.displaced_by)
    return [f"{cited} {word} displaced.", *meetings]


def _fit(
    cited: str, versions: tuple[Provision, ...], weighed: list[OffenceOutcome]
) -> tuple[Fit, str]:
    if not weighed:
        days = " or ".join(f"{v.in_force.first} to {v.in_force.last or 'now'}" for v in versions)
        return Fit.NOT_IN_FORCE, f"{cited} was in force {days}, on no day of the conduct."
    findings = {outcome.finding for outcome in weighed}
    if findings == {Finding.MET}:
        return Fit.FITS, f"{cited}: every element is made out."
    if findings == {Finding.NOT_MET}:
        broken = [e for e in weighed[0].elements if e.value is False]
        return Fit.DOES_NOT_FIT, f"{cited} needs more than was found. {broken[0].because}"
    missing = ", ".join(dict.fromkeys(name for o in weighed for name in o.missing))
    return Fit.UNDETERMINED, f"{cited}: still to ask about: {missing or 'the date'}."


def _lowest(ranges: Iterable[Penalty | None]) -> Penalty | None:
    known = _all_known(ranges)
    return min(known, key=lambda r: r.max_years, default=None)


def _highest(ranges: Iterable[Penalty | None]) -> Penalty | None:
    known = _all_known(ranges)
    return max(known, key=lambda r: r.max_years, default=None)


def _all_known(ranges: Iterable[Penalty | None]) -> list[Penalty]:
    """Every range, or none at all if one of them is not known: it may be the outermost."""
    asked = list(ranges)
    known = [found for found in asked if found is not None]
    return known if len(known) == len(asked) else []
