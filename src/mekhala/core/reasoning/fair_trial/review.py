"""``fair-trial``: one proceeding in, warnings and what cannot be told out.

A flag asks for a look by a lawyer. It accuses nobody, decides nothing, scores nobody; it never
cancels a victim's protection, and no finding about a victim cancels a flag.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from mekhala.core.reasoning.fair_trial import (
    charge,
    co_accused,
    custody,
    evidence,
    hearing,
    money,
)
from mekhala.core.reasoning.fair_trial.answer import Told
from mekhala.core.reasoning.fair_trial.flags import Flag, Level, flags
from mekhala.core.reasoning.fair_trial.proceeding import Proceeding
from mekhala.core.reasoning.fair_trial.reading import read_proceeding, read_proceedings
from mekhala.core.reasoning.json_text import json_text

type Answer = dict[str, Any]
type Rule = Callable[[Proceeding], Told]

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.__name__: rule
        for rule in (
            *(money.bribe_demanded, money.private_settlement, money.official_complicity_alleged),
            money.confiscation_before_final,
            *(hearing.no_lawyer, hearing.no_interpreter, hearing.law_not_explained),
            *(hearing.hearing_too_short, hearing.judge_doubted, hearing.no_complainant_at_hearing),
            *(hearing.appeal_blocked, hearing.accused_may_be_victim_or_child),
            custody.unlawful_custody,
            *(evidence.confession_only, evidence.single_uncorroborated_source),
            *(evidence.statement_changed_after_benefit, evidence.sole_statement_not_read_out),
            evidence.accuser_has_other_motive,
            *(charge.charge_does_not_fit, charge.sentence_outside_range),
            charge.consent_clause_without_means,
            *(co_accused.disparity_between_co_accused, co_accused.principal_not_prosecuted),
        )
    }
)
REVIEW_RULE = (
    "urgent: one grave flag or three serious ones; "
    "advised: one serious flag or three minor ones; otherwise none"
)
SEVERAL = 3


class Urgency(StrEnum):
    """How soon somebody should look."""

    URGENT = "urgent"
    ADVISED = "advised"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Review:
    """What every rule said about one proceeding, by the code of its flag in their order."""

    case: str | None
    told: Mapping[str, Told]
    ignored: tuple[str, ...] = ()

    @property
    def raised(self) -> tuple[Flag, ...]:
        """The flags that are raised."""
        return self._where(True)

    @property
    def cannot_tell(self) -> tuple[Flag, ...]:
        """The flags of which it cannot be told."""
        return self._where(None)

    @property
    def not_raised(self) -> tuple[Flag, ...]:
        """The flags that are not raised, whatever else may come to be known of the same keys."""
        return self._where(False)

    def _where(self, raised: bool | None) -> tuple[Flag, ...]:
        return tuple(flags()[code] for code, told in self.told.items() if told.raised is raised)

    @property
    def urgency(self) -> Urgency:
        """How soon somebody should look, by the flags raised alone."""
        levels = [flag.level for flag in self.raised]
        grave, serious, minor = (levels.count(level) for level in Level)
        if grave or serious >= SEVERAL:
            return Urgency.URGENT
        return Urgency.ADVISED if serious or minor >= SEVERAL else Urgency.NONE

    def as_answer(self) -> Answer:
        """Return the review as ``mekhala fair-trial --json`` prints it."""
        return {
            "case": self.case,
            "flags": [self._flag(flag) for flag in self.raised],
            "cannot_tell": [flag.code for flag in self.cannot_tell],
            "to_ask": {f.code: list(self.told[f.code].rests_on) for f in self.cannot_tell},
            "not_raised": [flag.code for flag in self.not_raised],
            "review": self.urgency.value,
            "review_because": REVIEW_RULE,
            "ignored": list(self.ignored),
        }

    def _flag(self, flag: Flag) -> Answer:
        told = self.told[flag.code]
        return {
            "code": flag.code,
            "because": told.because,
            "from": list(told.rests_on),
            "meaning": flag.meaning,
            "level": flag.level.value,
            "source": flag.source,
            "verified": flag.verified,
        }


def review(document: Mapping[str, Any]) -> Review:
    """Return what the rules say about one proceeding against one accused.

    ``document`` has the keys of ``mekhala fair-trial``: ``case``, ``accused``, ``complaint``,
    ``custody`` (``hours``), ``statements``, ``evidence``, ``payments_demanded``, ``hearing``
    (``minutes``), ``charges``, ``conduct``, ``alleged_victim``, ``facts``, ``none_of``,
    ``verdict`` (``sentence_years``), ``appeal``, ``co_accused``, ``confiscation`` and
    ``officials_alleged``. Each may be left out, null or ``unknown``, and so may all inside it.
    Raises ``WrongInput`` naming case, key, value and what was expected.
    """
    return review_of(read_proceeding(document))


def review_all(document: object) -> Answer | list[Answer]:
    """Return the answer for one object, or a list of answers for an array of them."""
    read = read_proceedings(document)
    if isinstance(read, Proceeding):
        return review_of(read).as_answer()
    return [review_of(each).as_answer() for each in read]


def reviews_in_json(document: object) -> Iterator[str]:
    """Return the pieces of one JSON document: the answer to one object or to an array.

    Every proceeding is read before this returns, so a wrong one leaves nothing half written.
    """
    read = read_proceedings(document)
    if isinstance(read, Proceeding):
        return iter((json_text(review_of(read).as_answer()), "\n"))
    return _listed(read)


def _listed(proceedings: list[Proceeding]) -> Iterator[str]:
    """Yield an array, an object a line."""
    yield "["
    for i, each in enumerate(proceedings):
        yield ",\n" if i else "\n"
        yield json_text(review_of(each).as_answer())
    yield "\n]\n"


def review_of(proceeding: Proceeding) -> Review:
    """Return what the rules say about a proceeding that was already read."""
    told = {code: RULES[code](proceeding) for code in flags()}
    return Review(case=proceeding.name, told=told, ignored=proceeding.ignored)
