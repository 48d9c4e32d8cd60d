"""What the rule gives for a stage, and what settles a file. Joins and compares; decides nothing."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from mekhala.core.vocabulary.facts import PalermoRole, facts
from mekhala.pathway.determination.models import (
    Element,
    Reading,
    Stage,
    TraffickingStatus,
)


def positive_at(stage: str) -> TraffickingStatus:
    """Return the positive answer of a stage."""
    is_first = stage == Stage.REASONABLE_GROUNDS
    return TraffickingStatus.REASONABLE_GROUNDS if is_first else TraffickingStatus.RECOGNISED


def rule_answer(outcome: Mapping[str, Any], stage: str) -> TraffickingStatus | None:
    """Return the status the assessment points to; None while it is undetermined."""
    return {
        "met": positive_at(stage),
        "not_met": TraffickingStatus.NOT_ESTABLISHED,
    }.get(outcome["palermo"]["finding"])


def still_unknown(outcome: Mapping[str, Any]) -> tuple[Element, ...]:
    """Return the needed elements of which nothing is known that a reader could weigh.

    Where sources differ there is something to weigh: the rule leaves such an element open, and
    a reader may settle it with a reason.
    """
    disputed = elements_of(outcome["sources_differ"])
    missing = outcome["palermo"]["missing"]
    return tuple(e for e in Element if e.value in missing and e not in disputed)


def elements_of(codes: Collection[str]) -> frozenset[Element]:
    """Return the Palermo elements that facts with these codes can make out."""
    roles = {facts()[code].palermo for code in codes} - {PalermoRole.NONE}
    return frozenset(
        Element.PURPOSE if role is PalermoRole.PURPOSE_NEEDS_MORE else Element(role.value)
        for role in roles
    )


def is_undetermined(outcome: Mapping[str, Any]) -> bool:
    """Return whether the rule leaves the question open."""
    return bool(outcome["palermo"]["finding"] == "undetermined")


def is_believable(outcome: Mapping[str, Any]) -> bool:
    """Return whether at least one needed element is made out and none answered no."""
    palermo = outcome["palermo"]
    needed = [e for e in Element if e is not Element.MEANS or palermo["means_required"]]
    values = {palermo[e.value] for e in needed}
    return "yes" in values and "no" not in values


def leaves_rule(outcome: Mapping[str, Any], *, stage: str, answer: TraffickingStatus) -> bool:
    """Return whether an answer is not what the rule gives: an override, counted as one.

    To believe on reasonable grounds what the rule leaves open, and no source denies, is what
    the first stage is for and leaves no rule.
    """
    given = rule_answer(outcome, stage)
    if given is not None:
        return given != answer
    return answer != TraffickingStatus.REASONABLE_GROUNDS or not is_believable(outcome)


def settling_pair(readings: Sequence[Reading]) -> tuple[Reading, Reading] | None:
    """Return the two readings that settle a file, None while it needs another.

    Two positive ones settle it; two negative ones if they come from two agencies.
    """
    negative = TraffickingStatus.NOT_ESTABLISHED
    for i, one in enumerate(readings):
        for other in readings[i + 1 :]:
            of_two = one.reader.agency_id != other.reader.agency_id
            if one.answer == other.answer and (one.answer != negative or of_two):
                return one, other
    return None
