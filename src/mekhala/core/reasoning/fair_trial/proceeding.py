"""One proceeding against one accused, as far as it is known: None is not known, never no."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from mekhala.core.reasoning.age import Person
from mekhala.core.reasoning.conduct import Conduct
from mekhala.core.reasoning.fair_trial.words import (
    Complainant,
    Demander,
    Form,
    Maker,
    Obstacle,
    PaidFor,
    Part,
    Result,
)
from mekhala.core.reasoning.logic import Findings

type Answer = bool | None


@dataclass(frozen=True, kw_only=True)
class Accused:
    """The person accused; ``age`` in whole years at the time of the conduct."""

    age: int | None = None
    literate: Answer = None
    language: str | None = None  # ISO 639, e.g. km, vi
    nationality: str | None = None  # told, and never asked by a rule
    presumed_victim: Answer = None


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """Who complained, and what is known of the reasons."""

    by: Complainant | None = None
    prior_dispute_with_accused: Answer = None
    payment_demanded_by_complainant: Answer = None
    withdrawn: Answer = None


@dataclass(frozen=True, kw_only=True)
class Custody:
    """How long the police held the accused."""

    hours: float | None = None
    prosecutor_extension: Answer = None


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement, and how it was taken."""

    by: Maker | None = None
    form: Form | None = None
    read_out: Answer = None
    lawyer_present: Answer = None
    interpreter_present: Answer = None
    changed: Answer = None
    after_benefit: Answer = None


@dataclass(frozen=True, kw_only=True)
class Demand:
    """Money somebody asked for; ``amount_usd`` in dollars."""

    by: Demander | None = None
    amount_usd: float | None = None
    paid: Answer = None
    wanted_for: PaidFor | None = None


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """What happened at the hearing."""

    minutes: float | None = None
    lawyer: Answer = None
    interpreter: Answer = None
    complainant_present: Answer = None
    law_explained: Answer = None
    judge_expressed_doubt: Answer = None


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A provision as it is cited; either part may not be known."""

    statute: str | None = None
    article: str | None = None

    @property
    def whole(self) -> tuple[str, str] | None:
        """Statute and article, or None unless both are known."""
        if self.statute is None or self.article is None:
            return None
        return self.statute, self.article


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the court decided, under which provision, and the years of prison."""

    result: Result | None = None
    cited: Cited = Cited()
    sentence_years: float | None = None


@dataclass(frozen=True, kw_only=True)
class Appeal:
    """Whether there was an appeal; an obstacle of None is one nobody could name."""

    filed: Answer = None
    blocked_by: tuple[Obstacle | None, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class CoAccused:
    """Somebody accused, or said to have taken part, beside the accused."""

    part: Part | None = None
    result: Result | None = None
    sentence_years: float | None = None
    released_after_payment: Answer = None


@dataclass(frozen=True, kw_only=True)
class Allegation:
    """An official said to have taken part. ``by`` is None where nobody said what office."""

    by: str | None = None
    what: str | None = None
    known: bool = True  # False: nothing was written in the place of an entry but "unknown"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The findings on the conduct: every fact of the vocabulary, and where each was answered."""

    given: bool = False  # whether there are findings at all; none_of alone is no finding
    answers: Mapping[str, Answer] = MappingProxyType({})
    named: frozenset[str] = frozenset()  # codes answered yes or no by name
    none_of: bool = False  # whether a group was answered no as a whole


@dataclass(frozen=True, kw_only=True)
class Proceeding:
    """One proceeding against one accused. A list is None where nobody knows; empty is none."""

    name: str | None = None
    accused: Accused = Accused()
    complaint: Complaint = Complaint()
    custody: Custody = Custody()
    statements: tuple[Statement, ...] | None = None
    evidence: tuple[str | None, ...] | None = None  # kinds
    demands: tuple[Demand, ...] | None = None
    hearing: Hearing = Hearing()
    charges: tuple[Cited, ...] | None = None
    conduct: Conduct
    conduct_keys: tuple[str, ...]  # of "from" and "to", those that are known
    alleged_victim: Person
    facts: Facts = Facts()
    verdict: Verdict = Verdict()
    appeal: Appeal = Appeal()
    co_accused: tuple[CoAccused, ...] | None = None
    confiscated_before_final: Answer = None
    officials_alleged: tuple[Allegation, ...] | None = None
    ignored: tuple[str, ...] = ()  # keys of the agency's own, left aside

    @cached_property
    def findings(self) -> Findings:
        """What the tables of ``assess`` look at: the facts, and what is known of the age."""
        return Findings(facts=self.facts.answers, person=self.alleged_victim.predicates())
